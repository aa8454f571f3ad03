import { beforeAll, describe, expect, it } from 'vitest';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 240_000;

// One walk, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const script = new URL('./card-work-on-pcscd-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };

describe('cards made on a real pcscd, by a real server', () => {
  it('[T2] [T4] a blank card becomes a numbered one that is sold to at once', () => {
    const issued = step('issue');
    expect(issued).toMatchObject({ status: 0, how: 'issued' });
    expect(issued.cardNumber).toMatch(/^05\d{8}$/);
    expect(step('sale on it')).toMatchObject({
      status: 0,
      card: 'applied',
      exchanges: 6,
      cardNumber: issued.cardNumber,
    });
    expect(step('issue again')).toMatchObject({ status: 0, how: 'already', cardNumber: issued.cardNumber });
  });

  it('[T5] its PIN is set and changed, the PIN of now checked by the server', () => {
    expect(step('pin')).toMatchObject({ status: 0, cardNumber: step('issue').cardNumber });
    expect(step('wrong pin of now')).toMatchObject({ status: 3, type: 'PinWrong' });
    expect(step('pin changed')).toMatchObject({ status: 0 });
    expect(step('unblocked')).toMatchObject({ status: 0 });
  });

  it.each([6, 14, 22, 29])('[T4] [N2] pulled at its exchange %i, it is gone on with and sold to', (exchange) => {
    expect(step(`torn at ${exchange}`)).toMatchObject({
      status: 0,
      how: 'issued',
      askedAgain: true,
      sale: { status: 0, card: 'applied' },
    });
  });

  it('[T4] [N2] one that stayed away is finished by the next issue', () => {
    expect(step('torn and gone')).toMatchObject({ status: 3, type: 'CardRemoved' });
    expect(step('finished later')).toMatchObject({ status: 0 });
  });

  it('[T1] [T18] a card of the network is opened in the shop at its first sale there', () => {
    const first = step('first sale to a card of the network');
    expect(first).toMatchObject({ status: 0, card: 'applied', cardNumber: '0417554058' });
    expect(step('second sale to it')).toMatchObject({ status: 0, card: 'applied', exchanges: 6 });
  });

  it('[T3] a dual-interface card is issued and sold to by contact, and then without', () => {
    expect(step('issue by contact')).toMatchObject({ status: 0, how: 'issued' });
    expect(step('sale by contact')).toMatchObject({ status: 0, card: 'applied', exchanges: 9 });
    expect(step('sale without contact')).toMatchObject({ status: 0, card: 'applied', exchanges: 6 });
  });

  it('[T3] [T39] of a two-chip card the contact chip tells the number and the server the balance', () => {
    const { balance } = step('second sale to it');
    expect(step('contact chip')).toMatchObject({
      status: 0,
      cardNumber: '0417554058',
      balances: [{ balance }],
      history: [],
    });
    expect(step('sale to a contact chip')).toMatchObject({ status: 3, type: 'CardNotOurs' });
  });

  it('[T37] leaves a journal without a fault, all of it at the server, and no process behind', () => {
    expect(step('verify')).toMatchObject({ faults: [], unsent: 0 });
    const kinds = step('kinds').kinds as string[];
    expect(kinds.filter((kind) => kind === 'card.issued').length).toBe(8);
    expect(kinds.filter((kind) => kind === 'card.pin').length).toBe(3);
    expect(step('stop')).toMatchObject({ status: 0, left: [] });
    expect(walk.exitCode).toBe(0);
  });
});
