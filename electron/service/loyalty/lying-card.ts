import { type OpenedCard, openCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow, ShopAtTill } from './parts.ts';
import { settleOpenWrites } from './settle.ts';

type LyingParts = Pick<LoyaltyParts, 'cards' | 'feed' | 'taps' | 'randomBytes' | 'afterOperation'>;

/**
 * Does something with this very card if it lies on the reader now. Null: it does not, or could not be opened, or is out of use;
 * whoever asks goes on without it.
 */
async function withLyingCard<T>(
  parts: LyingParts,
  shop: ShopAtTill,
  cardNumber: string,
  use: (card: OpenedCard) => Promise<T | null>,
): Promise<T | null> {
  if (!parts.cards.state().cardPresent || parts.feed.isBlocked(cardNumber)) return null;
  const lent = await parts.cards.withCard(async (transport) => {
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (!opened.ok || opened.value.cardNumber !== cardNumber) return null;
    parts.taps.use(parts.cards.state().presence);
    return use(opened.value);
  });
  return lent.ok ? lent.value : null;
}

/** The counter of this card's newest record, if it lies there. */
export const counterOfLyingCard = (parts: LoyaltyParts, shop: ShopAtTill, cardNumber: string): Promise<number | null> =>
  withLyingCard(parts, shop, cardNumber, async ({ newest }) => newest.counter);

/** Settles all that is open on this card, if it lies there. @returns the exchanges it took; null: it is settled at its next tap */
export const settleLyingCard = (parts: LoyaltyParts, shop: ShopAtTill, cardNumber: string): Promise<number | null> =>
  withLyingCard(parts, shop, cardNumber, async (card) => {
    const settled = await settleOpenWrites(parts, card);
    if (!settled.ok) return null;
    await parts.afterOperation?.(card, null);
    return card.session.exchanges;
  });

/**
 * After an operation that had handed the card back: what the server has still to do over it, if it lies there. Without a
 * mark, and without a link, no exchange and no request.
 */
export async function afterOperationOnLyingCard(
  parts: LyingParts & { central: () => object | null },
  shop: ShopAtTill,
  cardNumber: string,
  follow: PinToFollow | null,
): Promise<void> {
  const isMarked = follow !== null || parts.feed.waitsElsewhere(cardNumber);
  if (!isMarked || !parts.central()) return;
  await withLyingCard(parts, shop, cardNumber, async (card) => {
    await parts.afterOperation?.(card, follow);
    return null;
  });
}
