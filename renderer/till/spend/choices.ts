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
 * What a customer may take, in the order it is shown: the gifts by their price, those that the balance does not reach yet among
 * them, then money off. A gift keeps its place and its key whatever the balance.
 */
export function choicesOf(
  { spendable }: Pick<CardView, 'spendable'>,
  programme: Programme | null,
  balance: number,
  /** Of points as money: how many of the programme's steps above the fewest. */
  moreSteps: number,
): Choice[] {
  const ahead = (programme?.gifts ?? []).filter(({ points }) => points > balance);
  const gifts = [...spendable.gifts, ...ahead].sort((a, b) => a.points - b.points).map(choiceOf);
  const money = programme?.money;
  if (!money || !spendable.money) return gifts;
  const fewest = Math.ceil((money.minimumPoints ?? money.points) / money.points);
  const most = Math.floor(spendable.money.points / money.points);
  const steps = Math.min(fewest + moreSteps, most);
  const points = steps * money.points;
  return [...gifts, { what: { kind: 'points', points }, points, name: null, amountMinor: steps * money.amountMinor }];
}
