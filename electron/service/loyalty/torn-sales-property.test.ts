import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { historyOf, newestOn, sellElsewhere, shopCard, startBalance } from '#test/harness/counter-cards.ts';
import { credited, TestCounter } from '#test/harness/service.ts';

const tear = fc.option(
  fc.record({ exchange: fc.integer({ min: 1, max: 9 }), moment: fc.constantFrom('before' as const, 'after' as const) }),
  { nil: null, freq: 4 },
);
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('sell' as const), tear, comesBack: fc.boolean(), again: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('show' as const), tear }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const), inTheMiddle: fc.boolean(), tear }) },
  // One less than a history shows: beyond it a person decides, which has a test of its own.
  { weight: 1, arbitrary: fc.record({ do: fc.constant('elsewhere' as const), times: fc.integer({ min: 1, max: 8 }) }) },
);

/** An exchange that no sale comes to. */
const never = 1_000_000;

let counter: TestCounter;
beforeAll(async () => {
  counter = await TestCounter.open();
});
afterAll(() => counter.close());

it('[T6] whatever is torn, restarted or sold elsewhere in between, no sale is lost and none is credited twice', async () => {
  let customers = 100;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      const data = ++customers;
      const card = await shopCard(data);
      let elsewhere = 0;
      const sellOnce = async (comesBack: boolean) => {
        const sale = await counter.sell();
        await counter.tap(card);
        if (comesBack && !sale.end()) await counter.tap(card);
        await counter.lift();
        await counter.clock.advance(31_000);
        return sale;
      };
      for (const one of steps) {
        if ('tear' in one && one.tear) card.tearAt(one.tear.exchange, one.tear.moment);
        if (one.do === 'sell') {
          const sale = await sellOnce(one.comesBack);
          if (one.again) await counter.sell({ intention: sale.intention, timeoutMs: 1000 });
          await counter.clock.advance(1_001);
        } else if (one.do === 'show') await counter.show(card);
        else if (one.do === 'restart') {
          if (one.inTheMiddle) {
            await counter.sell();
            await counter.tap(card);
          }
          await counter.restart();
          await counter.lift();
        } else {
          const open = counter.parts.reader.openCardIntents(cardNumberOf(data)).length;
          card.tearAt(never);
          // What is hidden from the history is decided by a person: here the other till stays within what can be seen.
          const times = open > 0 ? Math.min(one.times, 1) : one.times;
          for (let time = 0; time < times; time++) {
            await sellElsewhere(card, {
              intention: counter.uuid(),
              points: 5,
              amountMinor: 500,
              wallMs: counter.clock.wallMs(),
            });
          }
          elsewhere += times;
        }
      }
      // The customer comes once more, and nothing goes wrong.
      card.tearAt(never);
      const settled = await counter.show(card);
      expect(settled.ok).toBe(true);
      const { points, sales } = credited(counter, cardNumberOf(data));
      expect(points).toBe(12 * sales);
      expect(await newestOn(card)).toMatchObject({
        counter: 12 + sales + elsewhere,
        balancePoints: startBalance + points + 5 * elsewhere,
        totalSpendMinor: 121_500 + 1250 * sales + 500 * elsewhere,
      });
      const tags = (await historyOf(card)).map(({ intentionTag }) => intentionTag);
      expect(new Set(tags).size).toBe(tags.length);
      expect(counter.parts.reader.openCardIntents(cardNumberOf(data))).toEqual([]);
      expect(counter.defects).toEqual([]);
    }),
    { numRuns: 40, endOnFailure: true },
  );
  expect(await counter.faults()).toEqual([]);
}, 60_000);
