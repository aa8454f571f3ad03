import { expect, it } from 'vitest';
import { Programme } from '#contract/loyalty/programme.ts';
import { choicesOf } from './choices.ts';

const name = { fr: 'x', en: 'x' };
const gift = (id: string, points: number) => ({ id, name, points });
const programme = Programme.parse({
  id: 'p',
  version: 1,
  name: 'P',
  currency: 'XOF',
  earn: { points: 1, perAmountMinor: 100 },
  gifts: [gift('far', 900), gift('near', 600), gift('small', 100), gift('large', 300)],
  money: { points: 100, amountMinor: 500, minimumPoints: 200 },
});
const spendable = { gifts: [gift('small', 100), gift('large', 300)], money: { points: 400, amountMinor: 2_000 } };
const words = (balance: number, more: number, without?: 'money') =>
  choicesOf({ spendable: without ? { ...spendable, money: null } : spendable }, programme, balance, more).map(
    ({ what, points, amountMinor }) => (what.kind === 'gift' ? what.gift : `${points}=${amountMinor}`),
  );

it('[T5] offers the gifts by their price, reached or not, then money off: no gift changes its key', () => {
  expect(words(450, 0)).toEqual(['small', 'large', 'near', 'far', '200=1000']);
  expect(words(450, 0, 'money')).toEqual(['small', 'large', 'near', 'far']);
});

it('[T5] goes up by the programme’s steps, and never beyond what may be taken at once', () => {
  expect(words(450, 1).at(-1)).toBe('300=1500');
  expect(words(450, 9).at(-1)).toBe('400=2000');
});
