import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxAmountMinor } from '#contract/money/index.ts';
import { ownPoints, partBack } from './reversal.ts';

const purchase = fc.record({
  amountMinor: fc.integer({ min: 1, max: maxAmountMinor }),
  points: fc.integer({ min: -8_388_608, max: 8_388_607 }),
});

it('[T20] whatever the parts are, their points and amounts come to exactly the whole, and no part goes the other way', () => {
  fc.assert(
    fc.property(
      purchase,
      fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { maxLength: 8 }),
      (bought, cuts) => {
        let gone = { amountMinor: 0, points: 0 };
        const take = (amountMinor: number) => {
          const back = partBack(bought, gone, amountMinor);
          expect(back.amountMinor).toBe(amountMinor);
          expect(Math.abs(gone.points - back.points)).toBeLessThanOrEqual(Math.abs(bought.points));
          if (bought.points > 0) expect(back.points).toBeLessThanOrEqual(0);
          if (bought.points < 0) expect(back.points).toBeGreaterThanOrEqual(0);
          expect(Object.is(back.points, -0)).toBe(false);
          gone = { amountMinor: gone.amountMinor + amountMinor, points: gone.points - back.points };
          return back.whole;
        };
        for (const cut of cuts) {
          const left = bought.amountMinor - gone.amountMinor;
          const amount = Math.floor(left * cut);
          if (amount > 0 && amount < left) expect(take(amount)).toBe(false);
        }
        expect(take(bought.amountMinor - gone.amountMinor)).toBe(true);
        expect(gone).toEqual(bought);
      },
    ),
  );
});

it('[T20] gives points back in proportion, rounded towards the customer’s own', () => {
  const bought = { amountMinor: 1000, points: 10 };
  expect(partBack(bought, { amountMinor: 0, points: 0 }, 199)).toEqual({ amountMinor: 199, points: -1, whole: false });
  expect(partBack(bought, { amountMinor: 199, points: 1 }, 801)).toEqual({ amountMinor: 801, points: -9, whole: true });
});

it('[T20] leaves bonuses where they are, and expired points expired', () => {
  expect(ownPoints({ points: 12 })).toBe(12);
  expect(ownPoints({ points: 62, extras: [{ points: 50 }] })).toBe(12);
  expect(ownPoints({ points: -88, extras: [{ points: -100 }] })).toBe(12);
});
