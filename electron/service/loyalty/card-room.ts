import { CARD_BOUNDS } from '#contract/loyalty/card-record.ts';
import { maxAmountMinor } from '#contract/money/index.ts';
import type { OpenedCard } from './open-card.ts';
import type { ShopAtTill } from './parts.ts';

/** What the card still has room for, as an amount: the smallest of what its counter, its balance and its total allow. */
export function roomOnCard({ cardNumber, newest }: OpenedCard, { programme, currency }: ShopAtTill) {
  const { points, perAmountMinor } = programme.earn;
  const steps = Math.floor((CARD_BOUNDS.balancePoints.max - newest.balancePoints) / points) + 1;
  const room = Math.min(steps * perAmountMinor - 1, CARD_BOUNDS.totalSpendMinor.max - newest.totalSpendMinor);
  const mayWrite = newest.counter < CARD_BOUNDS.counter.max;
  return { maxAmountMinor: mayWrite ? Math.min(room, maxAmountMinor) : 0, currency, cardNumber };
}
