import { err, ok, type Result } from '#contract/result/index.ts';
import { selectApplication } from './applications.ts';
import { cardKey, defaultKey, type NetworkKeys } from './card-keys.ts';
import type { CardResult, Desfire } from './desfire.ts';
import type { CardError } from './errors.ts';
import { createStdDataFile, getFileIds, readData, writeData } from './files.ts';
import { changeOwnKey, getKeyVersion } from './keys.ts';
import { KEY_VERSION, NETWORK_APPLICATION, NETWORK_FILE, NETWORK_FILE_LENGTH, NETWORK_RIGHTS } from './layout.ts';
import { decodeNetworkRecord, encodeNetworkRecord, type NetworkRecord } from './network-record.ts';

const MASTER = 0;
const FILE = { file: NETWORK_FILE, comm: 'plain' } as const;

export type NetworkWanted = { uid: Uint8Array; network: NetworkKeys; record: NetworkRecord };
export type OtherCard =
  | { type: 'OtherNetwork'; networkId: number; cardData: number }
  /** A card of this network that bears another number, for good. */
  | { type: 'NumberOnCard'; cardData: number };

/**
 * Writes whose card this is into the network application, which everyone may read and only the network may write.
 * `born`: the application was made in this very run and holds nothing. The application's key changes last: one that has it
 * is finished, and its number stays. Says whether anything was changed. Six exchanges; three where it is finished.
 */
export async function equipNetworkApplication(
  card: Desfire,
  wanted: NetworkWanted,
  born: boolean,
): Promise<Result<boolean, OtherCard | CardError>> {
  const selecting = selectApplication(card, NETWORK_APPLICATION);
  const bornWith = defaultKey(wanted.network, wanted.uid);
  const key = cardKey(wanted.network.networkMasterKey, wanted.uid, NETWORK_APPLICATION, MASTER);
  const selected = await selecting;
  if (!selected.ok) return selected;
  if (!born) {
    const version = await getKeyVersion(card, MASTER);
    if (!version.ok) return version;
    if (version.value === KEY_VERSION) return checkRecord(card, wanted.record);
  }
  const opened = await card.authenticateAes(MASTER, bornWith);
  if (!opened.ok) return opened;
  const made = born ? await createFile(card) : await ensureFile(card);
  if (!made.ok) return made;
  const written = await writeData(card, FILE, encodeNetworkRecord(wanted.record));
  if (!written.ok) return written;
  const changed = await changeOwnKey(card, MASTER, { key, version: KEY_VERSION });
  return changed.ok ? ok(true) : changed;
}

const createFile = (card: Desfire): CardResult<void> =>
  createStdDataFile(card, { ...FILE, rights: NETWORK_RIGHTS, length: NETWORK_FILE_LENGTH });

async function ensureFile(card: Desfire): CardResult<void> {
  const files = await getFileIds(card);
  if (!files.ok) return files;
  return files.value.includes(NETWORK_FILE) ? ok(undefined) : createFile(card);
}

async function checkRecord(card: Desfire, wanted: NetworkRecord): Promise<Result<boolean, OtherCard | CardError>> {
  const bytes = await readData(card, FILE, NETWORK_FILE_LENGTH);
  if (!bytes.ok) return bytes;
  const found = decodeNetworkRecord(bytes.value);
  if (!found.ok) return err({ type: 'CardDamaged', part: 'file', command: 'readData' });
  const { networkId, cardData } = found.value;
  if (networkId !== wanted.networkId) return err({ type: 'OtherNetwork', networkId, cardData });
  return cardData === wanted.cardData ? ok(false) : err({ type: 'NumberOnCard', cardData });
}
