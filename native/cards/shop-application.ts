import { CARD_RECORD_LENGTH, type CardRecord, decodeRecord, encodeRecord } from '#contract/loyalty/card-record.ts';
import { err, ok } from '#contract/result/index.ts';
import { selectApplication } from './applications.ts';
import { cardKey, defaultKey, type NetworkKeys, type ShopMasterKeys } from './card-keys.ts';
import type { CardResult, Desfire } from './desfire.ts';
import { commitTransaction, createCyclicRecordFile, getFileIds, readRecords, writeRecord } from './files.ts';
import { changeOtherKey, changeOwnKey, getKeyVersion } from './keys.ts';
import { HISTORY_FILE, HISTORY_PLACES, HISTORY_RIGHTS, KEY_VERSION, SHOP_KEYS } from './layout.ts';

const HISTORY = { file: HISTORY_FILE, comm: 'maced' } as const;

export type ShopKeys = { aid: number; masterKeys: ShopMasterKeys };
export type ShopWanted = { uid: Uint8Array; network: NetworkKeys; shop: ShopKeys; firstRecord: CardRecord };
/** `newest`: the record that stands on the card at the end, the first one or a later one that was there already. */
export type ShopEquipped = { changed: boolean; newest: CardRecord };

export const shopKeysOnCard = ({ aid, masterKeys }: ShopKeys, uid: Uint8Array): Uint8Array[] =>
  masterKeys.map((master, number) => cardKey(master, uid, aid, number));

/**
 * Makes a shop's application out of one that was created: history file, keys, first record. `born`: created in this very
 * run, so nothing is asked that is known. The master key changes last of the keys: as long as it is the one the application was
 * born with, work remains, and key versions tell which keys were set. Twelve exchanges; five where all is there.
 */
export async function equipShopApplication(card: Desfire, wanted: ShopWanted, born: boolean): CardResult<ShopEquipped> {
  const selecting = selectApplication(card, wanted.shop.aid);
  const keys = shopKeysOnCard(wanted.shop, wanted.uid);
  const bornWith = defaultKey(wanted.network, wanted.uid);
  const selected = await selecting;
  if (!selected.ok) return selected;
  const version = born ? ok(0) : await getKeyVersion(card, SHOP_KEYS.master);
  if (!version.ok) return version;
  if (version.value === KEY_VERSION) return ensureFirstRecord(card, keys, wanted.firstRecord);
  const opened = await card.authenticateAes(SHOP_KEYS.master, bornWith);
  if (!opened.ok) return opened;
  const equipped = born ? await createHistory(card) : await ensureHistory(card);
  if (!equipped.ok) return equipped;
  const changed = await changeKeys(card, keys, bornWith, born);
  return changed.ok ? writeFirstRecord(card, keys, wanted.firstRecord) : changed;
}

const createHistory = (card: Desfire): CardResult<void> =>
  createCyclicRecordFile(card, {
    ...HISTORY,
    rights: HISTORY_RIGHTS,
    recordLength: CARD_RECORD_LENGTH,
    records: HISTORY_PLACES,
  });

async function ensureHistory(card: Desfire): CardResult<void> {
  const files = await getFileIds(card);
  if (!files.ok) return files;
  return files.value.includes(HISTORY_FILE) ? ok(undefined) : createHistory(card);
}

async function changeKeys(
  card: Desfire,
  keys: readonly Uint8Array[],
  bornWith: Uint8Array,
  born: boolean,
): CardResult<void> {
  for (let number = 1; number < keys.length; number++) {
    const version = born ? ok(0) : await getKeyVersion(card, number);
    if (!version.ok) return version;
    if (version.value === KEY_VERSION) continue;
    const next = { key: keys[number]!, version: KEY_VERSION };
    const changed = await changeOtherKey(card, number, next, bornWith);
    if (!changed.ok) return changed;
  }
  return changeOwnKey(card, SHOP_KEYS.master, { key: keys[SHOP_KEYS.master]!, version: KEY_VERSION });
}

const openAsTill = (card: Desfire, keys: readonly Uint8Array[]): CardResult<void> =>
  card.authenticateAes(SHOP_KEYS.readWrite, keys[SHOP_KEYS.readWrite]!);

/** The keys were all set: the first record may stand there, or the issue was torn just before it. */
async function ensureFirstRecord(
  card: Desfire,
  keys: readonly Uint8Array[],
  firstRecord: CardRecord,
): CardResult<ShopEquipped> {
  const opened = await openAsTill(card, keys);
  if (!opened.ok) return opened;
  const newest = await readRecords(card, { ...HISTORY, recordLength: CARD_RECORD_LENGTH }, 1);
  if (!newest.ok) {
    // An empty file is told by an error, which ended the session.
    return newest.error.type === 'BoundaryError' ? writeFirstRecord(card, keys, firstRecord) : newest;
  }
  const record = decodeRecord(newest.value);
  if (!record.ok) return err({ type: 'CardDamaged', part: 'file', command: 'readRecords' });
  return ok({ changed: false, newest: record.value });
}

async function writeFirstRecord(
  card: Desfire,
  keys: readonly Uint8Array[],
  firstRecord: CardRecord,
): CardResult<ShopEquipped> {
  const opened = await openAsTill(card, keys);
  if (!opened.ok) return opened;
  const written = await writeRecord(card, HISTORY, encodeRecord(firstRecord));
  if (!written.ok) return written;
  const committed = await commitTransaction(card);
  return committed.ok ? ok({ changed: true, newest: firstRecord }) : committed;
}
