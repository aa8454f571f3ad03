import { expect, it } from 'vitest';
import { checkProgramme } from './contradictions.ts';
import { Programme } from './schema.ts';

const shop = { currency: 'XOF', programmeId: 'shop' } as const;
const sound: Programme = {
  id: 'shop',
  version: 1,
  name: 'Points',
  currency: 'XOF',
  earn: { points: 1, perAmountMinor: 100 },
  gifts: [
    { id: 'soap', name: { fr: 'Savon', en: 'Soap' }, points: 200 },
    { id: 'voucher', name: { fr: 'Bon', en: 'Voucher' }, points: 100, moneyOffMinor: 50_000 },
  ],
};
const evening = { weekdays: [5], fromMinute: 1020, toMinute: 1140, percent: 200 };
const soap = sound.gifts[0]!;

/** What is found, as `rule: why`. The programme is one that the schema lets through: only its meaning is wrong. */
const found = (changes: Partial<Programme>) =>
  checkProgramme(Programme.parse({ ...sound, ...changes }), shop).map(({ rule, why }) => `${rule}: ${why}`);
const earning = (rules: Partial<Programme['earn']>) => found({ earn: { ...sound.earn, ...rules } });

it('finds nothing in a sound programme, generous vouchers included', () => {
  expect(found({})).toEqual([]);
  expect(
    earning({
      minimumAmountMinor: 500,
      steps: [
        { fromAmountMinor: 5_000, points: 3, perAmountMinor: 200 },
        { fromAmountMinor: 10_000, points: 2, perAmountMinor: 100 },
      ],
      multipliers: [evening, { ...evening, fromMinute: 1140, toMinute: 1200 }, { ...evening, weekdays: [6] }],
    }),
  ).toEqual([]);
});

it.each([
  [
    'step-not-ascending',
    [
      { fromAmountMinor: 500, points: 2, perAmountMinor: 100 },
      { fromAmountMinor: 500, points: 3, perAmountMinor: 100 },
    ],
    1,
  ],
  ['step-lowers', [{ fromAmountMinor: 5_000, points: 1, perAmountMinor: 200 }], 0],
  // More per franc, yet at 300 it counts no whole step where the usual rate gives 3.
  ['step-lowers', [{ fromAmountMinor: 300, points: 6, perAmountMinor: 400 }], 0],
])('[T18] names a %s rule', (why, steps, index) => {
  expect(earning({ steps })).toEqual([`earn.steps.${index}: ${why}`]);
});

it('[T18] names multipliers that lower, overlap or end before they begin', () => {
  expect(earning({ multipliers: [{ ...evening, percent: 90 }] })).toEqual(['earn.multipliers.0: multiplier-lowers']);
  expect(earning({ multipliers: [{ ...evening, toMinute: 1000 }] })).toEqual(['earn.multipliers.0: hours-reversed']);
  expect(earning({ multipliers: [evening, { ...evening, weekdays: [1, 5], fromMinute: 1139 }] })).toEqual([
    'earn.multipliers.1: multipliers-overlap',
  ]);
  const november = { ...evening, from: '2026-11-01', to: '2026-11-30' };
  expect(earning({ multipliers: [november, { ...evening, from: '2026-12-01' }] })).toEqual([]);
  expect(earning({ multipliers: [november, { ...evening, from: '2026-11-30' }] })).toHaveLength(1);
});

it('[T18] names dates, gifts, money, expiry and the shop’s own facts', () => {
  expect(found({ dates: { from: '2026-12-01', to: '2026-11-01' } })).toEqual(['dates: dates-reversed']);
  expect(found({ gifts: [{ ...soap, from: '2026-12-01', to: '2026-11-30' }] })).toEqual(['gifts.0: dates-reversed']);
  expect(found({ gifts: [soap, soap] })).toEqual(['gifts.1: gift-repeated']);
  expect(found({ gifts: [{ ...soap, name: { fr: 'Savon', en: ' ' } }] })).toEqual(['gifts.0: name-missing']);
  expect(found({ gifts: [{ ...soap, points: 8_388_608 }] })).toEqual(['gifts.0: points-out-of-reach']);
  expect(found({ money: { points: 100, amountMinor: 500, minimumPoints: 8_388_608 } })).toEqual([
    'money: money-out-of-reach',
  ]);
  expect(found({ money: { points: 1, amountMinor: 250_000_000, minimumPoints: 3 } })).toEqual([
    'money: money-out-of-reach',
  ]);
  expect(found({ expiryMonths: 0 })).toEqual(['expiryMonths: expiry-zero']);
  expect(found({ currency: 'EUR' })).toEqual(['currency: other-currency']);
  expect(found({ id: 'elsewhere', name: ' ' })).toEqual(['id: other-programme', 'name: name-missing']);
});
