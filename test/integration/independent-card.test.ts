import { beforeAll, describe, expect, it } from 'vitest';
import { cardDataOf } from '#contract/loyalty/card-number.ts';
import { missingForIndependentCard } from '#test/harness/independent-card.ts';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 420_000;

// One walk, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const missing = missingForIndependentCard();
  if (missing) throw new Error(missing);
  const script = new URL('./independent-card-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };
const applied = { status: 0, card: 'applied' };
const balanceIn = (name: string) => (step(name).balances as { balance: number }[] | undefined)?.[0]?.balance;

describe('a DESFire card that is none of ours, on a real pcscd, with real tills and a real server', () => {
  it('[T2] [T4] [T6] is taken in as it left the factory, and sold to in six exchanges', () => {
    const issued = step('issue');
    expect(issued).toMatchObject({ status: 0, how: 'issued', points: 50, askedAgain: false });
    expect(step('issue again')).toMatchObject({ status: 0, how: 'already', cardNumber: issued.cardNumber });
    expect(step('sale')).toMatchObject({ ...applied, points: 2000, balance: 2050, exchanges: 6 });
    expect(step('shown')).toMatchObject({
      cardNumber: issued.cardNumber,
      counter: 1,
      history: [
        { operation: 'earn', points: 2000 },
        { operation: 'issue', points: 50 },
      ],
      ledger: { balance: 2050 },
    });
  });

  it('[T5] is spent from: without a PIN, with one that the server judges, and with one that the card judges itself', () => {
    expect(step('no PIN')).toMatchObject({ ...applied, points: -100, exchanges: 6 });
    expect(step('PIN set')).toMatchObject({ status: 0 });
    expect(step('server: wrong PIN')).toMatchObject({ status: 3, type: 'PinWrong', triesLeft: 2 });
    expect(step('server: right PIN')).toMatchObject({ ...applied, points: -100, exchanges: 6 });
    expect(step('card: wrong PIN')).toMatchObject({ status: 3, type: 'PinWrong', triesLeft: 2 });
    expect(step('card: right PIN')).toMatchObject({ ...applied, points: -100, exchanges: 11 });
  });

  it.each(['before', 'after'])('[T5] [N2] torn %s the commit and back in time: exactly one debit', (moment) => {
    expect(step(`torn ${moment}, back in time`)).toMatchObject({ ...applied, askedAgain: true, taken: 100 });
  });

  it.each([
    ['before', 'not-applied', 0],
    ['after', 'applied', 100],
  ])('[T5] [N2] torn %s the commit and gone: exit 5, then found %s', (moment, outcome, taken) => {
    const seen = step(`torn ${moment}, healed later`);
    expect(seen).toMatchObject({ status: 5, type: 'CardTorn', outcomes: [outcome], taken });
  });

  it('[T20] a spending is taken back on it; card, journal and ledger agree', () => {
    expect(step('taken back')).toMatchObject({ ...applied, points: 100 });
    expect(step('after')).toMatchObject({ change: 0 });
    expect(step('agreed')).toMatchObject({ settled: [], ledger: { balance: balanceIn('agreed') } });
    expect(step('verify')).toMatchObject({ faults: [], unsent: 0 });
  });

  it('[T1] [T18] a second shop opens it at its first sale, and keeps a balance of its own', () => {
    const first = step('first sale in the second shop');
    expect(first).toMatchObject({ ...applied, cardNumber: step('issue').cardNumber });
    expect(step('second sale there')).toMatchObject({ ...applied, exchanges: 6 });
    expect(step('shown in the second shop')).toMatchObject({
      ledger: { balance: balanceIn('shown in the second shop') },
    });
    expect(step('second shop')).toMatchObject({ faults: [], stopped: 0 });
  });

  it.each(['after c4 1', 'after c4 4', 'after c0 1', 'before c7 1'])(
    '[T4] [N2] one torn in the making (%s) is gone on with and sold to',
    (tear) => {
      expect(step(`issue torn ${tear}`)).toMatchObject({ status: 0, how: 'issued', askedAgain: true, sold: applied });
    },
  );

  it('[T3] one is issued and sold to by contact, its UID asked of the card', () => {
    expect(step('by contact')).toMatchObject({ status: 0, how: 'issued', sold: { ...applied, exchanges: 9 } });
  });

  it('[T6] a reader written from the published layout, given the read key alone, reads what our till wrote', () => {
    const { cardNumber, intention } = step('taken back');
    expect(step('read by a stranger')).toMatchObject({
      balance: balanceIn('agreed'),
      counter: step('agreed').counter,
      operation: 'adjust',
      points: 100,
      sameCard: true,
      cardData: cardDataOf(String(cardNumber)),
      intention: String(intention).replaceAll('-', '').slice(-16),
    });
    expect(step('stop')).toMatchObject({ status: 0 });
    expect(walk.exitCode).toBe(0);
  });
});
