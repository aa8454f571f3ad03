import { CARD_BOUNDS, type CardRecord } from '#contract/loyalty/card-record.ts';
import { maxAmountMinor } from '#contract/money/index.ts';
import type { OpenedCard } from './open-card.ts';
import type { ShopAtTill } from './parts.ts';

/** Whether a card can hold the record at all: its counter, its balance and its total have their ends. */
export const fitsOnCard = (record: CardRecord): boolean =>
  Object.entries(CARD_BOUNDS).every(([field, { min, max }]) => {
    const value = record[field as keyof typeof CARD_BOUNDS];
    return value >= min && value <= max;
  });

/** What the card still has room for, as an amount: the smallest of what its counter, its balance and its total allow. */
export function roomOnCard({ cardNumber, newest }: OpenedCard, { programme, currency }: ShopAtTill) {
  const { points, perAmountMinor } = programme.earn;
  const steps = Math.floor((CARD_BOUNDS.balancePoints.max - newest.balancePoints) / points) + 1;
  const room = Math.min(steps * perAmountMinor - 1, CARD_BOUNDS.totalSpendMinor.max - newest.totalSpendMinor);
  const mayWrite = newest.counter < CARD_BOUNDS.counter.max;
  return { maxAmountMinor: mayWrite ? Math.min(room, maxAmountMinor) : 0, currency, cardNumber };
}
