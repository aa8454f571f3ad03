import { expect, it } from 'vitest';
import { nextGift, rewardFor, spendableOf } from './rewards.ts';
import type { Programme } from './schema.ts';

const name = (text: string) => ({ fr: text, en: text });
const programme: Programme = {
  id: 'shop',
  version: 1,
  name: 'Points',
  currency: 'XOF',
  earn: { points: 1, perAmountMinor: 100 },
  gifts: [
    { id: 'basket', name: name('Basket'), points: 600, from: '2026-12-01', to: '2026-12-24' },
    { id: 'soap', name: name('Soap'), points: 200 },
    { id: 'voucher', name: name('Voucher'), points: 300, moneyOffMinor: 2_000 },
  ],
  money: { points: 100, amountMinor: 500, minimumPoints: 250 },
};
const november = { wallMs: Date.parse('2026-11-24T12:00:00Z'), timeZone: 'Europe/Paris' };
const december = { ...november, wallMs: Date.parse('2026-11-30T23:00:00Z') };

const reward = (...args: Parameters<typeof rewardFor>) => {
  const given = rewardFor(...args);
  return given.ok ? given.value : given.error;
};
const gift = (id: string) => ({ kind: 'gift', gift: id }) as const;
const points = (count: number) => ({ kind: 'points', points: count }) as const;

it('[T18] shows the gifts of the day that a balance reaches, cheapest first, and the most it takes off', () => {
  expect(spendableOf(programme, 650, november)).toEqual({
    gifts: [
      { id: 'soap', name: name('Soap'), points: 200 },
      { id: 'voucher', name: name('Voucher'), points: 300 },
    ],
    money: { points: 600, amountMinor: 3_000 },
  });
  expect(spendableOf(programme, 650, december).gifts.map(({ id }) => id)).toEqual(['soap', 'voucher', 'basket']);
  expect(spendableOf(programme, -5, november)).toEqual({ gifts: [], money: null });
});

it('[T18] a gift takes its points; a voucher is money off with its own name', () => {
  expect(reward(programme, gift('soap'), 200, november)).toEqual({
    reward: { kind: 'gift', id: 'soap', name: name('Soap') },
    points: 200,
  });
  expect(reward(programme, gift('voucher'), 300, november)).toEqual({
    reward: { kind: 'money', amountMinor: 2_000, voucher: { id: 'voucher', name: name('Voucher') } },
    points: 300,
  });
});

it('[T18] points as money go in full steps, from the minimum on', () => {
  expect(reward(programme, points(450), 900, november)).toEqual({
    reward: { kind: 'money', amountMinor: 2_000 },
    points: 400,
  });
  // 250 points are two and a half steps: the first that a customer can spend is three.
  const tooFew = { type: 'NoMoneyForPoints', facts: { minimumPoints: 300 } };
  expect(reward(programme, points(299), 900, november)).toEqual(tooFew);
  expect(spendableOf(programme, 299, november).money).toBeNull();
  const { money: _, ...giftsOnly } = programme;
  expect(reward(giftsOnly, points(450), 900, november)).toEqual({ type: 'NoMoneyForPoints' });
});

it('says what is missing, and which gift it does not know today', () => {
  const missing = { type: 'NotEnoughPoints', facts: { balance: 150, points: 200, missing: 50 } };
  expect(reward(programme, gift('soap'), 150, november)).toEqual(missing);
  expect(reward(programme, points(400), 350, november)).toMatchObject({ facts: { missing: 50 } });
  for (const id of ['basket', 'unheard-of']) {
    expect(reward(programme, gift(id), 5_000, november)).toEqual({ type: 'GiftUnknown', facts: { gift: id } });
  }
});

it('saves for the next gift of the day', () => {
  expect(nextGift(programme, 300, november)).toEqual({ name: name('Voucher'), points: 300, missing: 0 });
  expect(nextGift(programme, 300, december)).toMatchObject({ points: 600, missing: 300 });
  expect(nextGift({ ...programme, gifts: [] }, 300)).toBeNull();
});
