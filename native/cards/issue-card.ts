import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { createApplication, GUARDED, getApplicationIds } from './applications.ts';
import type { NetworkKeys } from './card-keys.ts';
import { type CardLevelRefusal, enterCardLevel, openCardLevel } from './card-level.ts';
import type { CardResult, Desfire } from './desfire.ts';
import type { CardError } from './errors.ts';
import { NETWORK_APPLICATION, SHOP_KEY_COUNT } from './layout.ts';
import { type CardRefusal, readNetworkApplication } from './loyalty-card.ts';
import { equipNetworkApplication, type NetworkWanted, type OtherCard } from './network-application.ts';
import { equipShopApplication, type ShopEquipped, type ShopKeys, type ShopWanted } from './shop-application.ts';

/*
 * Making a card. All of it may run far from the card, its commands relayed by a till: it speaks to the card alone and draws its
 * random bytes from the driver it is given. A card pulled too soon is laid down again, the same is asked again, and it goes on
 * from what stands on the card.
 */

/** Why a card is not made, or not taken in, here. `CardFull` is among the card's own errors. */
export type IssueRefusal = CardLevelRefusal | OtherCard | CardRefusal;
/** `changed` false: the card had all of it already. */
export type Issued = ShopEquipped & { cardData: number };
type Answer<T, E = never> = Promise<Result<T, IssueRefusal | CardError | E>>;

const NETWORK_KEY_COUNT = 1;

export type CardWanted = NetworkWanted & ShopWanted;

/**
 * A blank card, prepared or as it left the factory, becomes a working card of this shop: 28 exchanges for a fresh one, 25 for
 * a prepared one. A card of the network gets the shop's application if it bears the number that was asked for.
 * @param wanted.mayPrepare may a card whose keys are still the factory's, known to everyone, be prepared here?
 */
export async function issueCard(card: Desfire, wanted: CardWanted & { mayPrepare: boolean }): Answer<Issued> {
  const { shop, record } = wanted;
  const entered = await enterCardLevel(card, wanted);
  if (!entered.ok)
    return entered.error.type === 'MasterKeyForeign' ? err(await whose(card, record.networkId)) : entered;
  const { fresh } = entered.value;
  const present = fresh ? ok([]) : await getApplicationIds(card);
  if (!present.ok) return present;
  const equipped = present.value.includes(NETWORK_APPLICATION)
    ? await goOn(card, wanted)
    : await makeBoth(card, wanted, !present.value.includes(shop.aid));
  if (!equipped.ok) return equipped.error.type === 'AuthenticationFailed' ? keysChanged(record.cardData) : equipped;
  return ok({ ...equipped.value, changed: fresh || equipped.value.changed, cardData: record.cardData });
}

/** Both applications in one session of the card's own level: entering it again for the second would cost three exchanges. */
async function makeBoth(card: Desfire, wanted: CardWanted, shopBorn: boolean): Answer<ShopEquipped> {
  const made = await createApplication(card, NETWORK_APPLICATION, GUARDED, NETWORK_KEY_COUNT);
  if (!made.ok) return made;
  const placed = shopBorn ? await createApplication(card, wanted.shop.aid, GUARDED, SHOP_KEY_COUNT) : ok(undefined);
  if (!placed.ok) return placed;
  const network = await equipNetworkApplication(card, wanted, true);
  return network.ok ? equipShopApplication(card, wanted, shopBorn) : network;
}

/** The card has, or almost has, its number: whether it is the right one is seen before the shop takes room on it. */
async function goOn(card: Desfire, wanted: CardWanted): Answer<ShopEquipped> {
  const network = await equipNetworkApplication(card, wanted, false);
  if (!network.ok) return network;
  const equipped = await createShopApplication(card, wanted);
  return equipped.ok ? ok({ ...equipped.value, changed: network.value || equipped.value.changed }) : equipped;
}

/**
 * A card of the network gets this shop's application: 18 exchanges, the first two to read whose card it is.
 * @param wanted.admit says, of the number read and before anything is written, which first record the card gets here, or why
 *   it may not come in
 */
export async function joinShop<E>(
  card: Desfire,
  wanted: {
    uid: Uint8Array;
    network: NetworkKeys;
    networkId: number;
    shop: ShopKeys;
    admit: (cardData: number) => Promise<Result<CardRecord, E>>;
  },
): Answer<Issued, E> {
  const { uid, network, shop } = wanted;
  const read = await readNetworkApplication(card);
  if (!read.ok) return read;
  const { networkId, cardData } = read.value;
  if (networkId !== wanted.networkId) return err({ type: 'OtherNetwork', networkId, cardData });
  const firstRecord = await wanted.admit(cardData);
  if (!firstRecord.ok) return firstRecord;
  const made = await createShopApplication(card, { uid, network, shop, firstRecord: firstRecord.value });
  if (!made.ok) return made.error.type === 'AuthenticationFailed' ? keysChanged(cardData) : made;
  return ok({ ...made.value, cardData });
}

/** Keys that are neither born nor ours, on a card of this network: someone else has changed them. */
const keysChanged = (cardData: number): Result<never, IssueRefusal> => err({ type: 'KeysChanged', cardData });

/** A card that our master key does not open: of another network, or a blank that someone else has prepared. */
async function whose(card: Desfire, ours: number): Promise<IssueRefusal | CardError> {
  const read = await readNetworkApplication(card);
  if (!read.ok) return read.error.type === 'NotOurs' ? { type: 'MasterKeyForeign' } : read.error;
  const { networkId, cardData } = read.value;
  return networkId === ours ? { type: 'KeysChanged', cardData } : { type: 'OtherNetwork', networkId, cardData };
}

/** Takes a card as it left the factory into the network, or finishes doing so. */
export async function prepareBlank(
  card: Desfire,
  uid: Uint8Array,
  network: NetworkKeys,
): Promise<Result<void, CardLevelRefusal | CardError>> {
  const entered = await enterCardLevel(card, { uid, network, mayPrepare: true });
  return entered.ok ? ok(undefined) : entered;
}

/** Gives a prepared card its number. */
export async function createNetworkApplication(
  card: Desfire,
  wanted: NetworkWanted,
): Promise<Result<boolean, OtherCard | CardError>> {
  const born = await ensureApplication(card, wanted, NETWORK_APPLICATION, NETWORK_KEY_COUNT);
  return born.ok ? equipNetworkApplication(card, wanted, born.value) : born;
}

/** Gives a prepared card this shop's application with its first record in it. A full card is CardFull. */
export async function createShopApplication(card: Desfire, wanted: ShopWanted): CardResult<ShopEquipped> {
  const born = await ensureApplication(card, wanted, wanted.shop.aid, SHOP_KEY_COUNT);
  return born.ok ? equipShopApplication(card, wanted, born.value) : born;
}

/** Makes an application of AES keys on a prepared card, or finds it there. True: it was made just now. */
async function ensureApplication(
  card: Desfire,
  { uid, network }: { uid: Uint8Array; network: NetworkKeys },
  aid: number,
  keys: number,
): CardResult<boolean> {
  const opened = await openCardLevel(card, uid, network);
  if (!opened.ok) return opened;
  const created = await createApplication(card, aid, GUARDED, keys);
  if (created.ok) return ok(true);
  return created.error.type === 'DuplicateApplication' ? ok(false) : created;
}
