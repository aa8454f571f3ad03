import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { inZoneOf } from './bonuses.ts';
import { isWithin } from './days.ts';
import { moneyBounds } from './money-bounds.ts';
import { type Gift, maxPointsPerSale, type Programme } from './schema.ts';
import { type Moment, shopTime } from './shop-time.ts';

/** What a customer is saving for: the gift's name, its price in points and how many are missing. */
export type NextGift = { name: Gift['name']; points: number; missing: number };

/** What a balance can be spent on now. `money`: the most that points can take off at once. */
export type Spendable = {
  gifts: { id: string; name: Gift['name']; points: number }[];
  money: { points: number; amountMinor: number } | null;
};

/** What a customer asks for: a gift by its id, or so many points as money. */
export type Wish = { kind: 'gift'; gift: string } | { kind: 'points'; points: number };

/** The gifts that are given at a moment, in the programme's order; without one, all that it knows. */
function giftsAt(programme: Programme, at: Moment | null): Gift[] {
  if (at === null) return programme.gifts;
  const { day } = shopTime(inZoneOf(programme, at));
  return programme.gifts.filter((gift) => isWithin(gift, day));
}

/** The next gift above a balance. Where all are reached, the dearest one, with nothing missing. @param at only gifts of that day */
export function nextGift(programme: Programme, balance: number, at: Moment | null = null): NextGift | null {
  const gifts = giftsAt(programme, at).toSorted((a, b) => a.points - b.points);
  const gift = gifts.find(({ points }) => points > balance) ?? gifts.at(-1);
  if (!gift) return null;
  return { name: gift.name, points: gift.points, missing: Math.max(0, gift.points - balance) };
}

/** The gifts that a balance reaches today, cheapest first, and the most it can take off as money. */
export function spendableOf(programme: Programme, balance: number, at: Moment): Spendable {
  const reach = Math.min(balance, maxPointsPerSale);
  const gifts = giftsAt(programme, at)
    .filter(({ points }) => points <= reach)
    .toSorted((a, b) => a.points - b.points)
    .map(({ id, name, points }) => ({ id, name, points }));
  const money = moneyFor(programme, reach);
  return {
    gifts,
    money: money.ok ? { points: money.value.points, amountMinor: money.value.reward.amountMinor } : null,
  };
}

/**
 * What a wish gives and how many points it takes, from a balance of the card.
 * Of points as money only full steps are taken: `points` may be fewer than were asked for.
 * Errors: GiftUnknown (`gift`; also one that is not given today), NotEnoughPoints (`balance`, `points`, `missing`), NoMoneyForPoints (`minimumPoints` where there is one)
 */
export function rewardFor(
  programme: Programme,
  wish: Wish,
  balance: number,
  at: Moment,
): Result<{ reward: Reward; points: number }, TillError> {
  if (wish.kind === 'points') {
    const money = moneyFor(programme, wish.points);
    return money.ok && wish.points > balance ? err(tooFew(balance, wish.points)) : money;
  }
  const gift = giftsAt(programme, at).find(({ id }) => id === wish.gift);
  if (!gift || gift.points > maxPointsPerSale) return err(tillError('GiftUnknown', { gift: wish.gift }));
  if (gift.points > balance) return err(tooFew(balance, gift.points));
  return ok({ reward: rewardOf(gift), points: gift.points });
}

const tooFew = (balance: number, points: number): TillError =>
  tillError('NotEnoughPoints', { balance, points, missing: points - balance });

const rewardOf = ({ id, name, moneyOffMinor }: Gift): Reward =>
  moneyOffMinor === undefined
    ? { kind: 'gift', id, name }
    : { kind: 'money', amountMinor: moneyOffMinor, voucher: { id, name } };

function moneyFor(
  { money }: Programme,
  asked: number,
): Result<{ reward: Extract<Reward, { kind: 'money' }>; points: number }, TillError> {
  if (!money) return err(tillError('NoMoneyForPoints'));
  const { minimumPoints, maxPoints } = moneyBounds(money);
  const steps = Math.floor(Math.min(asked, maxPoints) / money.points);
  const points = steps * money.points;
  if (points < minimumPoints) return err(tillError('NoMoneyForPoints', { minimumPoints }));
  return ok({ reward: { kind: 'money', amountMinor: steps * money.amountMinor }, points });
}
