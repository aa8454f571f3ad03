import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { readUid } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import type { Acting } from '../acting.ts';
import { refusalOf } from '../loyalty/refusals.ts';
import type { Making } from './kept-making.ts';
import { makeCard, makingOf } from './make.ts';
import type { CardWorkParts } from './parts.ts';

/**
 * Gives a card of the network that lies on the reader this shop's place on it (T1): through the server, with the welcome bonus in
 * its first record. Whoever was about to sell opens the card anew and goes on, at the same tap.
 * An act of its own beside the sale: it stands whatever becomes of that. Errors: NotEnrolled, NeedsLink, the card's, the
 * reader's and the server's refusals.
 */
export async function joinShop(
  parts: CardWorkParts,
  transport: CardTransport,
  acting: Acting,
): Promise<Result<void, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const read = await readUid(new Desfire(transport, parts.randomBytes));
  if (!read.ok) return err(refusalOf(read.error));
  const uid = Buffer.from(read.value).toString('hex');
  // Not the sale's intention: the first record bears this one, and would be taken for the sale's.
  const act = { intention: parts.ids.uuid(), uid, purpose: { do: 'join' }, how: 'joined' } as const;
  const made = await makeCard(parts, transport, begunWith(parts, uid) ?? makingOf(act, acting, shop), () => {});
  return made.ok ? ok(undefined) : made;
}

/** A join that was torn goes on as the same act. */
function begunWith({ making }: CardWorkParts, uid: string): Making | null {
  const kept = making.get();
  return kept?.uid === uid && kept.purpose.do === 'join' ? kept : null;
}
