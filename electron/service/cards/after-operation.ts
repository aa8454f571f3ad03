import type { RelayPurpose } from '#contract/central/till-cards.ts';
import type { LyingCard } from '../loyalty/open-card.ts';
import type { PinToFollow } from '../loyalty/parts.ts';
import type { CardWorkParts } from './parts.ts';
import { relayCard } from './relay.ts';

/** The customer has what they came for, and waits for the ticket alone. */
const patience = { maxMs: 10_000, triesPerStep: 1 };

/**
 * With the link up, lets the server do its work over a card before it is handed back: the card's own key follows its PIN (`follow`;
 * null: it is that PIN's already), then what other shops have still to write is settled (DESIGN §6), where the feed marks it, or the
 * card has only now joined this shop, which no feed has told of. Of a card with nothing to do: no exchange and no request.
 *
 * Whatever becomes of it, the operation before it stands. The server keeps both marks until it has seen the card's last answer, a
 * card that is pulled opens with the old PIN or the new one, and its next tap at a till with a link goes on.
 */
export async function afterOperation(parts: CardWorkParts, card: LyingCard, follow: PinToFollow | null): Promise<void> {
  const { feed, making, ids } = parts;
  if (feed.isBlocked(card.cardNumber)) return;
  if (follow && !(await letServer(parts, card, follow.intention, { do: 'follow-pin', pin: follow.pin }))) return;
  if (!feed.waitsElsewhere(card.cardNumber) && making.joined !== card.uid) return;
  // An act of its own, and of theirs: nothing of it enters this journal.
  const asked = await letServer(parts, card, ids.uuid(), { do: 'settle-elsewhere' });
  if (asked && making.joined === card.uid) making.joined = null;
}

/** @returns did the work come to its end? */
async function letServer(
  parts: CardWorkParts,
  { transport, uid, cardNumber }: LyingCard,
  intention: string,
  purpose: RelayPurpose,
): Promise<boolean> {
  const central = parts.central();
  if (!central) return false;
  const relayed = await relayCard({ ...parts, central, patience }, transport, { intention, uid, purpose }, () => {});
  const outcome = relayed.ok ? { exchanges: relayed.value.exchanges } : { why: relayed.error.type };
  parts.log('info', `card.${purpose.do}`, { cardNumber, intention, ...outcome });
  return relayed.ok;
}
