import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { Desfire } from '#native/cards/desfire.ts';
import { openShopApplication, readUid, type ShopSession } from '#native/cards/loyalty-card.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import { refusalOf } from './refusals.ts';

/** What this shop needs to open its own application on a card. */
export type ShopOnCard = {
  aid: number;
  networkId: number;
  readWriteMasterKey: Uint8Array;
  /** Master key of the key that writes a spending. Null: enrolled before there was one, so no PIN can be judged offline. */
  spendMasterKey: Uint8Array | null;
};

/** A card that lies on the reader, lent exclusively. `uid`: of its chip, 14 hexadecimal digits. */
export type LyingCard = { transport: CardTransport; uid: string; cardNumber: string };

export type OpenedCard = LyingCard & { session: ShopSession; newest: CardRecord };

/** Reads the UID, opens the shop's application and reads the newest record: four exchanges for a customer of the shop. */
export async function openCard(
  transport: CardTransport,
  shop: ShopOnCard,
  randomBytes: (length: number) => Uint8Array,
): Promise<Result<OpenedCard, TillError>> {
  const card = new Desfire(transport, randomBytes);
  const uid = await readUid(card);
  if (!uid.ok) return err(refusalOf(uid.error));
  const opened = await openShopApplication(card, { uid: uid.value, networkId: shop.networkId, shop });
  if (!opened.ok) return err(refusalOf(opened.error));
  const newest = await opened.value.readLast();
  if (!newest.ok) return err(refusalOf(newest.error));
  // An application without its first record: the issue was torn before its commit.
  if (!newest.value) return err(tillError('CardNotPrepared'));
  const cardNumber = cardNumberOf(newest.value.cardData);
  const lying: LyingCard = { transport, uid: Buffer.from(uid.value).toString('hex'), cardNumber };
  return ok({ ...lying, session: opened.value, newest: newest.value });
}
