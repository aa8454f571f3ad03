import { beforeAll, describe, expect, it } from 'vitest';
import { inPcscNamespace, type ScenarioOutcome } from '#test/harness/pcscd.ts';

const scenarioWithinMs = 600_000;

// One walk, reported step by step; each test reads its own steps.
let walk: ScenarioOutcome;
beforeAll(async () => {
  const script = new URL('./tills-of-a-shop-scenario.ts', import.meta.url);
  walk = await inPcscNamespace(script, [], { timeoutMs: scenarioWithinMs });
}, scenarioWithinMs + 10_000);

const step = (name: string): Record<string, unknown> =>
  walk.lines.find((line) => line.step === name) ?? { missing: name, exitCode: walk.exitCode, stderr: walk.stderr };

/** Exit 5 at the first till; the second settled it; nobody has anything left to do, and no case. */
function expectSettled(name: string, outcome: 'applied' | 'not-applied', taken: number): void {
  const seen = step(name);
  const intention = String(seen.intention);
  expect(seen).toMatchObject({ status: 5, type: 'CardTorn', settled: [{ intention, outcome }], taken });
  expect(seen).toMatchObject({ difference: 0, pending: [], openCases: 0, inLedger: [outcome] });
  // The act itself stands in the first journal alone, and once.
  const [first, second] = seen.entries as [string[], string[]];
  expect(first.filter((kind) => kind.startsWith('loyalty.'))).toHaveLength(1);
  expect(second).toEqual(['card.outcome']);
}

describe('two tills of a shop and one of another, with one server, all of them processes', () => {
  it.each([
    ['before', 'not-applied', 0],
    ['after', 'applied', 100],
  ] as const)(
    '[T12] [N2] a spending torn %s the commit at one till is settled at the other as %s: never more than one debit',
    (moment, outcome, taken) => expectSettled(`spending torn ${moment}`, outcome, taken),
  );

  it.each(['before', 'after'] as const)(
    '[T12] [N2] a sale torn %s the commit at one till stands: the other sees to it that the card has it, once',
    (moment) => expectSettled(`sale torn ${moment}`, 'applied', -20),
  );

  it.each([
    ['before', 'not-applied', 10],
    ['after', 'applied', -90],
  ] as const)(
    '[T12] [T17] [N2] torn %s the commit at a till that is cut off: the other sells on, and settles it as %s once it hears of it',
    (moment, outcome, balance) => {
      expect(step(`cut off, torn ${moment}`)).toMatchObject({ meanwhile: { balance, earned: 10, unsent: 1 } });
      expectSettled(`cut off, torn ${moment}`, outcome, -balance);
    },
  );

  it('[T1] [N2] another shop without a link leaves alone what is the first’s, though it knows that something waits', () => {
    expect(step('elsewhere, cut off')).toMatchObject({ there: { status: 0, card: 'applied', points: 10 } });
    expectSettled('elsewhere, cut off', 'applied', -20);
  });

  it.each([
    // The card has never been there before: no feed of that shop can have told.
    ['first visit, spending', 'before', 'not-applied', 0],
    ['spending', 'before', 'not-applied', 0],
    ['spending', 'after', 'applied', 100],
    ['sale', 'before', 'applied', -20],
    ['sale', 'after', 'applied', -20],
  ] as const)(
    '[T1] [T12] [N2] a %s torn %s the commit is settled as %s through another shop’s till with a link, once',
    (what, moment, outcome, taken) => {
      const seen = step(`elsewhere, ${what} torn ${moment}`);
      expect(seen).toMatchObject({ status: 5, type: 'CardTorn', there: { status: 0, card: 'applied', points: 10 } });
      // The ledger knew it before any till of the shop saw the card again, and they have nothing left to do.
      expect(seen).toMatchObject({ known: { pending: [], openCases: 0, inLedger: [outcome] }, settled: [] });
      expect(seen).toMatchObject({ taken, difference: 0, pending: [], openCases: 0, inLedger: [outcome] });
      const [first, second] = seen.entries as [string[], string[]];
      expect(first.filter((kind) => kind.startsWith('loyalty.'))).toHaveLength(1);
      expect(second).toEqual([]);
    },
  );

  it('[T12] [T37] leaves three journals without a fault', () => {
    expect(step('verify')).toMatchObject({ faults: [[], [], []] });
    expect(step('stop')).toMatchObject({ statuses: [0, 0, 0] });
    expect(walk.exitCode).toBe(0);
  });
});
