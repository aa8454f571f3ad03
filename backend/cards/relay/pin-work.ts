import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type CardResult, Desfire } from '#native/cards/desfire.ts';
import type { ShopKeys } from '#native/cards/shop-application.ts';
import { cardRefusal } from './card-refusal.ts';
import { seenFirst } from './look-at-card.ts';
import type { RecordedCard } from './transcript.ts';
import type { Work, WorkEnd } from './work.ts';

type CardInShop = { uid: Uint8Array; shop: ShopKeys };

/** Work on the PIN of a card that has its place in this shop. */
export async function pinWork(
  { transport, randomBytes }: RecordedCard,
  work: Work,
  change: (card: Desfire, of: CardInShop) => CardResult<{ changed: boolean }>,
): Promise<Result<WorkEnd, CentralError>> {
  const card = new Desfire(transport, randomBytes);
  const { uid, secrets } = work;
  const seen = await seenFirst(card, work);
  if (seen) return seen;
  const done = await change(card, { uid, shop: secrets.shop });
  return done.ok ? ok({ type: 'pin-done', changed: done.value.changed }) : err(cardRefusal(done.error));
}
