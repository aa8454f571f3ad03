import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { VirtualDesfire } from '#native/simulators/desfire/virtual-desfire.ts';
import { historyOf, newestOn, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { TestCounter } from '#test/harness/service.ts';
import { settleAfterRestart } from './after-restart.ts';

const tear = fc.option(
  fc.record({
    exchange: fc.integer({ min: 1, max: 11 }),
    moment: fc.constantFrom('before' as const, 'after' as const),
  }),
  { nil: null, freq: 2 },
);
const step = fc.record({
  do: fc.constantFrom('sell' as const, 'spend' as const, 'reverse' as const, 'show' as const, 'restart' as const),
  /** Which of two tills of the shop. */
  till: fc.boolean(),
  /** Which of the operations so far is taken back. */
  which: fc.nat(20),
  part: fc.boolean(),
  comesBack: fc.boolean(),
  tear,
});

/** An exchange that nothing comes to. */
const never = 1_000_000;

/** What an operation moved, by the entries of the two journals: the server's ledger, kept the plain way. */
function ledgerOf(tills: readonly TestCounter[], cardNumber: string): number {
  const entries = tills.flatMap((till) => till.entries());
  const notTaken = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'card.outcome' && entry.body.outcome === 'not-applied' ? [entry.intention] : [],
    ),
  );
  return entries
    .filter((entry) => !(entry.kind === 'loyalty.spend' && notTaken.has(entry.intention)))
    .flatMap(({ postings }) => postings)
    .filter(({ account, commodity }) => account === `card:${cardNumber}` && commodity.startsWith('points:'))
    .reduce((sum, { amount }) => sum + amount, startBalance);
}

/** What the server does with what it hears: the open writes of each till go to the other, and what is settled is called so. */
function tellEachOther(tills: readonly [TestCounter, TestCounter], cursor: number): void {
  const outcomes = new Map<string, boolean>();
  for (const entry of tills.flatMap((till) => till.entries())) {
    if (entry.kind === 'card.outcome' && entry.body.outcome !== 'unknown') outcomes.set(entry.intention, true);
  }
  for (const [from, to] of [tills, tills.toReversed()] as [TestCounter, TestCounter][]) {
    const items = from
      .openWrites()
      .filter((item) => item.item === 'open-write')
      // A spending whose customer still stands there is nobody else's matter.
      .filter(({ write }) => write.operation !== 'spend' || from.cardOutcomes(write.intention).includes('unknown'))
      .map((item) => ({ ...item, settled: outcomes.has(item.write.intention) }));
    to.store.feed.apply(items, cursor);
  }
}

let customers = 500;

it('[T5] [T12] [T20] [N2] whatever is sold, spent, taken back and torn at two tills, no point is made and none is lost (invariants 8, 17, 18)', async () => {
  const tills: [TestCounter, TestCounter] = [await TestCounter.open(), await TestCounter.open(1_000_000)];
  let cursor = 10;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const data = ++customers;
      const cardNumber = cardNumberOf(data);
      const card: VirtualDesfire = await shopCard(data);
      const done: { intention: string; till: TestCounter }[] = [];
      for (const one of steps) {
        const till = tills[one.till ? 0 : 1];
        card.tearAt(one.tear?.exchange ?? never, one.tear?.moment);
        if (one.do === 'show') await till.show(card);
        else if (one.do === 'restart') {
          await till.restart();
          settleAfterRestart(till.parts);
          await till.lift();
        } else if (one.do === 'reverse') {
          const operation = done.filter((found) => found.till === till)[one.which % Math.max(1, done.length)];
          if (operation) await till.reverse(operation.intention, one.part ? { amountMinor: 500 } : {});
        } else {
          const asked = one.do === 'sell' ? await till.sell() : await till.spend();
          await till.tap(card);
          if (one.comesBack && !asked.end()) await till.tap(card);
          await till.lift();
          await till.clock.advance(31_000);
          if (asked.end()?.ok) done.push({ intention: asked.intention, till });
        }
        // Tills of a shop that has a link hear of each other in a moment.
        tellEachOther(tills, ++cursor);
      }
      // The customer comes once more, to each till, and nothing goes wrong.
      card.tearAt(never);
      for (const till of tills) {
        expect((await till.show(card)).ok).toBe(true);
        tellEachOther(tills, ++cursor);
      }
      const newest = await newestOn(card);
      expect(newest.balancePoints).toBe(ledgerOf(tills, cardNumber));
      const history = await historyOf(card);
      const tags = history.map(({ intentionTag }) => intentionTag);
      expect(new Set(tags).size).toBe(tags.length);
      for (const till of tills) {
        expect(till.parts.reader.openCardIntents(cardNumber)).toEqual([]);
        expect(till.store.feed.openWrites(cardNumber)).toEqual([]);
        expect(till.defects).toEqual([]);
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  for (const till of tills) {
    expect(await till.faults()).toEqual([]);
    till.close();
  }
}, 120_000);
