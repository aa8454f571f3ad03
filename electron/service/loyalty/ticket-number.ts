import type { LoyaltyParts, ShopAtTill } from './parts.ts';

/** `2-18447`: the till and the entry it names. A restored till says its epoch too, so that no number comes twice. */
export function nextTicketNumber(
  { reader }: Pick<LoyaltyParts, 'reader'>,
  shop: Pick<ShopAtTill, 'ticketPrefix'>,
): string {
  const head = reader.head();
  const epoch = head && head.epoch > 1 ? `.${head.epoch}` : '';
  return `${shop.ticketPrefix}${epoch}-${(head?.seq ?? 0) + 1}`;
}
