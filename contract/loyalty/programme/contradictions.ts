import type { CurrencyCode } from '#contract/money/index.ts';
import { moneyBounds } from './money-bounds.ts';
import { type Gift, type Multiplier, maxPointsPerSale, type Period, type Programme, type Step } from './schema.ts';

/** Why a rule cannot be meant so. The last five are a file's: what stands there is no rule at all. */
export const contradictionReasons = [
  'other-currency',
  'other-programme',
  'name-missing',
  'step-not-ascending',
  'step-lowers',
  'multiplier-lowers',
  'multipliers-overlap',
  'hours-reversed',
  'dates-reversed',
  'gift-repeated',
  'points-out-of-reach',
  'money-out-of-reach',
  'expiry-zero',
  'not-json',
  'shape',
  'amount-decimals',
  'amount-not-a-number',
  'amount-out-of-bounds',
] as const;
export type ContradictionReason = (typeof contradictionReasons)[number];

/** `rule` is the way to it in the programme: `earn.steps.1`, `gifts.0`, `money`. `facts` are what its sentence needs. */
export type Contradiction = { rule: string; why: ContradictionReason; facts?: Record<string, string | number> };

/** What the shop is, whatever its programme says. */
export type ShopFacts = { currency: CurrencyCode; programmeId: string };

/**
 * Rules that contradict themselves, each other or the shop; none for a programme that may be published.
 * A gift that costs less than the money it takes off is no contradiction: a shop may be generous.
 */
export function checkProgramme(programme: Programme, shop: ShopFacts): Contradiction[] {
  return [
    ...identity(programme, shop),
    ...reversed('dates', programme.dates ?? {}),
    ...steps(programme),
    ...multipliers(programme.earn.multipliers ?? []),
    ...gifts(programme.gifts),
    ...money(programme),
    ...(programme.expiryMonths === 0 ? [{ rule: 'expiryMonths', why: 'expiry-zero' } as const] : []),
  ];
}

function* identity({ id, name, currency }: Programme, shop: ShopFacts): Generator<Contradiction> {
  // Points are a commodity of their programme: with another id every balance would be of something else.
  if (id !== shop.programmeId) yield { rule: 'id', why: 'other-programme', facts: { id, expected: shop.programmeId } };
  if (currency !== shop.currency) {
    yield { rule: 'currency', why: 'other-currency', facts: { found: currency, expected: shop.currency } };
  }
  if (name.trim() === '') yield { rule: 'name', why: 'name-missing' };
}

function* reversed(rule: string, { from, to }: Period): Generator<Contradiction> {
  // ISO 8601 days compare as text.
  if (from !== undefined && to !== undefined && from > to) yield { rule, why: 'dates-reversed', facts: { from, to } };
}

function* steps({ earn, currency }: Programme): Generator<Contradiction> {
  const before: Pick<Step, 'points' | 'perAmountMinor'>[] = [earn];
  let previous = 0;
  for (const [index, step] of (earn.steps ?? []).entries()) {
    const rule = `earn.steps.${index}`;
    const { fromAmountMinor } = step;
    if (fromAmountMinor <= previous) {
      yield { rule, why: 'step-not-ascending', facts: { fromAmountMinor, previousMinor: previous, currency } };
    }
    const usual = Math.max(...before.map((rate) => pointsAt(rate, fromAmountMinor)));
    const points = pointsAt(step, fromAmountMinor);
    const slower = before.some((rate) => step.points * rate.perAmountMinor < rate.points * step.perAmountMinor);
    if (points < usual || slower) {
      yield { rule, why: 'step-lowers', facts: { fromAmountMinor, points, usual, currency } };
    }
    before.push(step);
    previous = fromAmountMinor;
  }
}

const pointsAt = (rate: { points: number; perAmountMinor: number }, amountMinor: number): number =>
  Math.floor(amountMinor / rate.perAmountMinor) * rate.points;

function* multipliers(all: readonly Multiplier[]): Generator<Contradiction> {
  for (const [index, multiplier] of all.entries()) {
    const rule = `earn.multipliers.${index}`;
    if (multiplier.percent < 100) yield { rule, why: 'multiplier-lowers', facts: { percent: multiplier.percent } };
    if (multiplier.fromMinute >= multiplier.toMinute) yield { rule, why: 'hours-reversed' };
    yield* reversed(rule, multiplier);
    const other = all.slice(0, index).findIndex((earlier) => overlap(earlier, multiplier));
    if (other >= 0) yield { rule, why: 'multipliers-overlap', facts: { other: other + 1 } };
  }
}

const overlap = (a: Multiplier, b: Multiplier): boolean =>
  a.weekdays.some((weekday) => b.weekdays.includes(weekday)) &&
  a.fromMinute < b.toMinute &&
  b.fromMinute < a.toMinute &&
  (a.from ?? '') <= (b.to ?? '9999') &&
  (b.from ?? '') <= (a.to ?? '9999');

function* gifts(all: readonly Gift[]): Generator<Contradiction> {
  for (const [index, gift] of all.entries()) {
    const rule = `gifts.${index}`;
    if (gift.name.fr.trim() === '' || gift.name.en.trim() === '') yield { rule, why: 'name-missing' };
    if (all.slice(0, index).some(({ id }) => id === gift.id)) {
      yield { rule, why: 'gift-repeated', facts: { id: gift.id } };
    }
    if (gift.points > maxPointsPerSale) {
      yield { rule, why: 'points-out-of-reach', facts: { points: gift.points, maxPoints: maxPointsPerSale } };
    }
    yield* reversed(rule, gift);
  }
}

function* money({ money: rate }: Programme): Generator<Contradiction> {
  if (!rate) return;
  const bounds = moneyBounds(rate);
  if (bounds.minimumPoints > bounds.maxPoints) yield { rule: 'money', why: 'money-out-of-reach', facts: bounds };
}
