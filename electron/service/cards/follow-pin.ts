import { Desfire } from '#native/cards/desfire.ts';
import { readUid } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import type { CardWorkParts } from './parts.ts';
import { relayCard } from './relay.ts';

/** The customer has what they came for, and waits for the ticket alone. */
const patience = { maxMs: 10_000, triesPerStep: 1 };

/**
 * Brings the card's own key up to a PIN that the server has just found right: an act of the operation that the PIN was given for,
 * under its intention. Whatever becomes of it leaves no more than was: the server keeps its mark until it has seen the card's last
 * answer, a card that is pulled opens with the old PIN or the new one, and the next operation with a link goes on.
 */
export async function followPin(
  parts: CardWorkParts,
  transport: CardTransport,
  { intention, pin }: { intention: string; pin: string },
): Promise<void> {
  const central = parts.central();
  if (!central) return;
  const read = await readUid(new Desfire(transport, parts.randomBytes));
  if (!read.ok) return;
  const uid = Buffer.from(read.value).toString('hex');
  const asked = { intention, uid, purpose: { do: 'follow-pin', pin } } as const;
  const relayed = await relayCard({ ...parts, central, patience }, transport, asked, () => {});
  const outcome = relayed.ok ? { exchanges: relayed.value.exchanges } : { why: relayed.error.type };
  parts.log('info', 'card.pin-followed', { intention, ...outcome });
}
