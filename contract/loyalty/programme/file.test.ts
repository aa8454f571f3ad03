import { expect, it } from 'vitest';
import { programmeFromFile } from './file.ts';

const inEuros = { currency: 'EUR', programmeId: 'shop' } as const;

const file = {
  id: 'shop',
  name: 'Points',
  currency: 'EUR',
  earn: { points: 1, perAmount: '1.50', steps: [{ fromAmount: 20, points: 1, perAmount: '1' }] },
  gifts: [{ id: 'off', name: { fr: 'Bon', en: 'Voucher' }, points: 100, moneyOff: '2.5' }],
  money: { points: 10, amount: '0.05' },
};
const read = (changes: object, shop: Parameters<typeof programmeFromFile>[1] = inEuros) =>
  programmeFromFile(JSON.stringify({ ...file, ...changes }), shop, 4);
const faults = (result: ReturnType<typeof read>) =>
  result.ok ? [] : result.error.map(({ rule, why }) => `${rule}: ${why}`);

it('reads amounts as a person writes them, in the currency’s own minor units', () => {
  expect(read({})).toEqual({
    ok: true,
    value: {
      id: 'shop',
      version: 4,
      name: 'Points',
      currency: 'EUR',
      earn: { points: 1, perAmountMinor: 150, steps: [{ fromAmountMinor: 2000, points: 1, perAmountMinor: 100 }] },
      gifts: [{ id: 'off', name: { fr: 'Bon', en: 'Voucher' }, points: 100, moneyOffMinor: 250 }],
      money: { points: 10, amountMinor: 5 },
    },
  });
});

it('[T18] refuses an amount with more decimals than its currency has, naming the rule', () => {
  const inFrancs = { currency: 'XOF', programmeId: 'shop' } as const;
  expect(faults(read({ money: { points: 10, amount: '0.055' } }))).toEqual(['money.amount: amount-decimals']);
  expect(faults(read({ currency: 'XOF' }, inFrancs))).toEqual([
    'earn.perAmount: amount-decimals',
    'gifts.0.moneyOff: amount-decimals',
    'money.amount: amount-decimals',
  ]);
});

it('[T18] refuses a contradictory rule, another currency and another programme by their names', () => {
  expect(faults(read({ expiryMonths: 0 }))).toEqual(['expiryMonths: expiry-zero']);
  expect(faults(read({ currency: 'TND' }))).toEqual(['currency: other-currency']);
  expect(faults(read({ id: 'other' }))).toEqual(['id: other-programme']);
});

it.each([
  ['no number', { money: { points: 10, amount: 'ten' } }, 'money.amount: amount-not-a-number'],
  ['a nested thing for a number', { money: { points: 10, amount: { of: 5 } } }, 'money.amount: amount-not-a-number'],
  ['zero', { money: { points: 10, amount: 0 } }, 'money.amount: amount-out-of-bounds'],
  ['an amount no sale can have', { money: { points: 10, amount: '99999999' } }, 'money.amount: amount-out-of-bounds'],
  ['minor units under their own name', { money: { points: 10, amountMinor: 5 } }, 'money.amountMinor: shape'],
  ['a rule nobody knows', { bonus: 3 }, ': shape'],
  ['points that are no whole number', { welcomePoints: 1.5 }, 'welcomePoints: shape'],
])('refuses %s', (_, changes, fault) => {
  expect(faults(read(changes))).toEqual([fault]);
});

it('refuses what is no JSON, no object, too deep or too long', () => {
  const why = (text: string) => faults(programmeFromFile(text, inEuros, 1))[0];
  expect([why('{'), why(' '.repeat(200_001))]).toEqual([': not-json', ': not-json']);
  for (const text of ['null', '[]', '"x"', '{}', '{"constructor":1}', '{"__proto__":{"amount":"1"}}']) {
    expect(why(text)).toMatch(/: shape$/);
  }
  expect(why(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toBeDefined();
});
