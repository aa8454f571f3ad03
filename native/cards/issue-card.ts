import { CARD_RECORD_LENGTH, type CardRecord, encodeRecord } from '#contract/loyalty/card-record.ts';
import { err, ok } from '#contract/result/index.ts';
import { createApplication, GUARDED, PICC, selectApplication } from './applications.ts';
import { cardKey, defaultKey, type NetworkKeys, piccKey, type ShopMasterKeys } from './card-keys.ts';
import { FACTORY_KEY } from './crypto/des.ts';
import type { CardResult, Desfire } from './desfire.ts';
import {
  commitTransaction,
  createCyclicRecordFile,
  createStdDataFile,
  getFileIds,
  readRecords,
  writeData,
  writeRecord,
} from './files.ts';
import {
  changeFactoryKeyToAes,
  changeKeySettings,
  changeOtherKey,
  changeOwnKey,
  getKeyVersion,
  setDefaultKey,
} from './keys.ts';
import * as layout from './layout.ts';
import { encodeNetworkRecord, type NetworkRecord } from './network-record.ts';

/*
 * Making a card. Each step may be interrupted by a card pulled too soon: it is then simply done again,
 * and goes on from what it finds on the card.
 */

const MASTER = 0;
const versioned = (key: Uint8Array) => ({ key, version: layout.KEY_VERSION });

/** Selects the card's own level and authenticates with this card's master key. Three exchanges. */
const openCardLevel = async (card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> => {
  const selected = await selectApplication(card, PICC);
  return selected.ok ? card.authenticateAes(MASTER, piccKey(network, uid)) : selected;
};

/**
 * Takes a card as it left the factory into the network: its master key and the key that new applications begin with become
 * this card's own, and only the master key's holder makes applications. AuthenticationFailed: it belongs to someone else.
 */
export async function prepareBlank(card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> {
  const opened = await openFactoryCard(card, uid, network);
  if (!opened.ok) return opened;
  const defaults = await setDefaultKey(card, { key: defaultKey(network, uid), version: 0 });
  return defaults.ok ? changeKeySettings(card, GUARDED) : defaults;
}

const openFactoryCard = async (card: Desfire, uid: Uint8Array, network: NetworkKeys): CardResult<void> => {
  const selected = await selectApplication(card, PICC);
  if (!selected.ok) return selected;
  const factory = await card.authenticateLegacy(MASTER, FACTORY_KEY);
  if (factory.ok) {
    const changed = await changeFactoryKeyToAes(card, versioned(piccKey(network, uid)));
    if (!changed.ok) return changed;
  } else if (factory.error.type !== 'AuthenticationFailed') return factory;
  return card.authenticateAes(MASTER, piccKey(network, uid));
};

/** Makes an application of AES keys on a prepared card, or finds it there already. */
const ensureApplication = async (
  card: Desfire,
  wanted: { uid: Uint8Array; network: NetworkKeys; aid: number; keys: number },
): CardResult<void> => {
  const opened = await openCardLevel(card, wanted.uid, wanted.network);
  if (!opened.ok) return opened;
  const created = await createApplication(card, wanted.aid, GUARDED, wanted.keys);
  if (!created.ok && created.error.type !== 'DuplicateApplication') return created;
  return selectApplication(card, wanted.aid);
};

/** Opens an application with the key it was born with, or, where an earlier attempt got that far, with its own master key. */
const openNewApplication = async (
  card: Desfire,
  born: Uint8Array,
  own: Uint8Array,
): CardResult<{ finished: boolean }> => {
  const first = await card.authenticateAes(MASTER, born);
  if (first.ok) return ok({ finished: false });
  if (first.error.type !== 'AuthenticationFailed') return first;
  const second = await card.authenticateAes(MASTER, own);
  return second.ok ? ok({ finished: true }) : second;
};

const hasFile = async (card: Desfire, file: number): CardResult<boolean> => {
  const files = await getFileIds(card);
  return files.ok ? ok(files.value.includes(file)) : files;
};

/** Writes whose card this is into the network application, which everyone may read and only the network may write. */
export async function createNetworkApplication(
  card: Desfire,
  wanted: { uid: Uint8Array; network: NetworkKeys; record: NetworkRecord },
): CardResult<void> {
  const { uid, network, record } = wanted;
  const aid = layout.NETWORK_APPLICATION;
  const ensured = await ensureApplication(card, { uid, network, aid, keys: 1 });
  if (!ensured.ok) return ensured;
  const own = cardKey(network.networkMasterKey, uid, aid, MASTER);
  const opened = await openNewApplication(card, defaultKey(network, uid), own);
  if (!opened.ok || opened.value.finished) return opened.ok ? ok(undefined) : opened;
  const present = await hasFile(card, layout.NETWORK_FILE);
  if (!present.ok) return present;
  const shape = { file: layout.NETWORK_FILE, rights: layout.NETWORK_RIGHTS, length: layout.NETWORK_FILE_LENGTH };
  const made = present.value ? ok(undefined) : await createStdDataFile(card, { ...shape, comm: 'plain' });
  if (!made.ok) return made;
  const place = { file: layout.NETWORK_FILE, comm: 'plain' } as const;
  const written = await writeData(card, place, encodeNetworkRecord(record));
  return written.ok ? changeOwnKey(card, MASTER, versioned(own)) : written;
}

/**
 * Gives a prepared card this shop's application with its first record in it. Every key of the application is the card's own.
 * A full card is CardFull. Done again after an interruption, it goes on; on a card that has it, it changes nothing.
 */
export async function createShopApplication(
  card: Desfire,
  wanted: {
    uid: Uint8Array;
    network: NetworkKeys;
    shop: { aid: number; masterKeys: ShopMasterKeys };
    firstRecord: CardRecord;
  },
): CardResult<void> {
  const { uid, network, shop, firstRecord } = wanted;
  const ensured = await ensureApplication(card, { uid, network, aid: shop.aid, keys: layout.SHOP_KEY_COUNT });
  if (!ensured.ok) return ensured;
  const keys = shop.masterKeys.map((master, number) => cardKey(master, uid, shop.aid, number));
  const born = defaultKey(network, uid);
  const opened = await openNewApplication(card, born, keys[MASTER]!);
  if (!opened.ok) return opened;
  if (!opened.value.finished) {
    const equipped = await equipShopApplication(card, keys, born);
    if (!equipped.ok) return equipped;
  }
  const till = await card.authenticateAes(layout.SHOP_KEYS.readWrite, keys[layout.SHOP_KEYS.readWrite]!);
  return till.ok ? writeFirstRecord(card, shop.aid, keys, firstRecord) : till;
}

/** History file, then the keys of the holders, the master key last: as long as it is the old one, work remains. */
const equipShopApplication = async (card: Desfire, keys: readonly Uint8Array[], born: Uint8Array): CardResult<void> => {
  const present = await hasFile(card, layout.HISTORY_FILE);
  if (!present.ok) return present;
  if (!present.value) {
    const made = await createCyclicRecordFile(card, {
      file: layout.HISTORY_FILE,
      comm: 'maced',
      rights: layout.HISTORY_RIGHTS,
      recordLength: CARD_RECORD_LENGTH,
      records: layout.HISTORY_PLACES,
    });
    if (!made.ok) return made;
  }
  for (let number = 1; number < keys.length; number++) {
    const version = await getKeyVersion(card, number);
    if (!version.ok) return version;
    if (version.value === layout.KEY_VERSION) continue;
    const changed = await changeOtherKey(card, number, versioned(keys[number]!), born);
    if (!changed.ok) return changed;
  }
  return changeOwnKey(card, MASTER, versioned(keys[MASTER]!));
};

/** Writes the first record unless one stands there: an empty file answers an error, and the session has to be opened anew. */
const writeFirstRecord = async (
  card: Desfire,
  aid: number,
  keys: readonly Uint8Array[],
  record: CardRecord,
): CardResult<void> => {
  const place = { file: layout.HISTORY_FILE, comm: 'maced' } as const;
  const last = await readRecords(card, { ...place, recordLength: CARD_RECORD_LENGTH }, 1);
  if (last.ok) return ok(undefined);
  if (last.error.type !== 'BoundaryError') return err(last.error);
  const selected = await selectApplication(card, aid);
  if (!selected.ok) return selected;
  const till = await card.authenticateAes(layout.SHOP_KEYS.readWrite, keys[layout.SHOP_KEYS.readWrite]!);
  if (!till.ok) return till;
  const written = await writeRecord(card, place, encodeRecord(record));
  return written.ok ? commitTransaction(card) : written;
};
