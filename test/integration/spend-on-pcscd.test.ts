import { beforeAll, describe, expect, it } from 'vitest';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 240_000;

// One walk, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const script = new URL('./spend-on-pcscd-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };

describe('points spent on a real pcscd, from a card that was blank', () => {
  it('[T5] a gift from a card without a PIN, in six exchanges', () => {
    expect(step('without PIN')).toMatchObject({ status: 0, points: -200, exchanges: 6, card: 'applied' });
  });

  it('[T5] with a link the server judges the PIN', () => {
    expect(step('PIN not given')).toMatchObject({ status: 3, type: 'PinRequired' });
    expect(step('server: wrong PIN')).toMatchObject({ status: 3, type: 'PinWrong' });
    expect(step('server: right PIN')).toMatchObject({ status: 0, points: -100, exchanges: 6, card: 'applied' });
  });

  it('[T5] without one the card does, in eleven exchanges', () => {
    expect(step('card: wrong PIN')).toMatchObject({ status: 3, type: 'PinWrong', triesLeft: 2 });
    expect(step('card: right PIN')).toMatchObject({ status: 0, points: -100, exchanges: 11, card: 'applied' });
  });

  it.each(['before', 'after'])('[T5] [N2] pulled %s its commit and back in time: exactly one debit', (moment) => {
    expect(step(`torn ${moment}, back in time`)).toMatchObject({
      status: 0,
      card: 'applied',
      askedAgain: true,
      taken: 100,
    });
  });

  it.each([
    ['before', 'not-applied', 0],
    ['after', 'applied', 100],
  ])('[T5] [N2] pulled %s its commit and gone: exit 5, then found %s', (moment, outcome, taken) => {
    expect(step(`torn ${moment}, healed later`)).toMatchObject({
      status: 5,
      type: 'CardTorn',
      outcomes: [outcome],
      taken,
    });
  });

  it('[T5] is held to the shop’s cap while the server hears nothing', () => {
    expect(step('beyond the cap')).toMatchObject({ status: 3, type: 'OfflineCapExceeded' });
  });

  it('[T20] is taken back on the card that lies there', () => {
    expect(step('taken back')).toMatchObject({ status: 0, points: 100, card: 'applied', after: 0 });
  });

  it('[T5] is blocked on the card after three wrong PINs without a link, and takes nothing', () => {
    expect([1, 2, 3].map((count) => step(`wrong PIN ${count}`))).toMatchObject([
      { status: 3, type: 'PinWrong', triesLeft: 2 },
      { status: 3, type: 'PinWrong', triesLeft: 1 },
      { status: 3, type: 'PinBlocked' },
    ]);
    expect(step('right PIN, blocked')).toMatchObject({ status: 3, type: 'PinBlocked', taken: 0 });
  });

  it('[T5] is unblocked by the shop with a link, and judged by the card again without one', () => {
    expect(step('unblocked without a link')).toMatchObject({ status: 3, type: 'NeedsLink' });
    expect(step('unblocked')).toMatchObject({ status: 0 });
    expect(step('right PIN, unblocked')).toMatchObject({ status: 0, points: -100, card: 'applied', taken: 100 });
  });

  it('[T5] [N2] leaves card, ledger and journal agreed, and no process behind', () => {
    expect(step('ledger').ledger).toBe(step('ledger').card);
    expect(step('verify')).toMatchObject({ faults: [] });
    expect(step('stop')).toMatchObject({ status: 0, left: [] });
    expect(walk.exitCode).toBe(0);
  });
});
