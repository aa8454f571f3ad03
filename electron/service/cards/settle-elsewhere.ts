import { Desfire } from '#native/cards/desfire.ts';
import { readUid } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import type { CardWorkParts } from './parts.ts';
import { relayCard } from './relay.ts';

/** The customer has what they came for. */
const patience = { maxMs: 10_000, triesPerStep: 1 };

/**
 * Lets the server settle what other shops have still to write on the card that lies here (DESIGN §6), where their mark says that
 * something waits and there is a link. An act of its own, and of theirs: nothing of it enters this journal. Whatever becomes of it,
 * the operation before it stands; a card that is pulled leaves all open for its next tap, at any till.
 */
export async function settleElsewhere(
  parts: CardWorkParts,
  transport: CardTransport,
  cardNumber: string,
): Promise<void> {
  const central = parts.central();
  if (!central || !parts.feed.waitsElsewhere(cardNumber)) return;
  const read = await readUid(new Desfire(transport, parts.randomBytes));
  if (!read.ok) return;
  const uid = Buffer.from(read.value).toString('hex');
  const asked = { intention: parts.ids.uuid(), uid, purpose: { do: 'settle-elsewhere' } } as const;
  const relayed = await relayCard({ ...parts, central, patience }, transport, asked, () => {});
  const outcome = relayed.ok ? { exchanges: relayed.value.exchanges } : { why: relayed.error.type };
  parts.log('info', 'card.settled-elsewhere', { cardNumber, ...outcome });
}
