import type { Programme } from '#contract/loyalty/programme.ts';
import type { CardView } from '#contract/till/loyalty.ts';
import type { Choice } from '../sale/sale.ts';

const choiceOf = ({ id, name, points }: CardView['spendable']['gifts'][number]): Choice => ({
  what: { kind: 'gift', gift: id },
  points,
  name,
  amountMinor: 0,
});

/**
 * What a customer may take, in the order it is shown: money off, the gifts that the balance reaches from the dearest on,
 * then those it does not reach yet, the nearest first.
 */
export function choicesOf(
  { spendable }: Pick<CardView, 'spendable'>,
  programme: Programme | null,
  balance: number,
  moneySteps: number,
): Choice[] {
  const reached = spendable.gifts.toSorted((a, b) => b.points - a.points);
  const ahead = (programme?.gifts ?? []).filter(({ points }) => points > balance).sort((a, b) => a.points - b.points);
  const gifts = [...reached, ...ahead].map(choiceOf);
  if (!spendable.money || spendable.money.points > balance) return gifts;
  const steps = Math.min(Math.max(moneySteps, 1), mostMoneySteps(spendable.money.points, balance));
  const points = spendable.money.points * steps;
  const amountMinor = spendable.money.amountMinor * steps;
  return [{ what: { kind: 'points', points }, points, name: null, amountMinor }, ...gifts];
}

/** How many times the programme's step of points fits into a balance. */
export const mostMoneySteps = (stepPoints: number, balance: number): number =>
  Math.max(0, Math.floor(balance / stepPoints));
