import {
  CARD_RECORD_LENGTH,
  type CardRecord,
  type CardRecordInvalid,
  decodeRecord,
  encodeRecord,
} from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { GET_UID, SW_OK, SW1_DESFIRE, unwrap } from './apdu.ts';
import { getVersion, selectApplication } from './applications.ts';
import { cardKey, UID_LENGTH } from './card-keys.ts';
import type { Desfire } from './desfire.ts';
import type { CardError } from './errors.ts';
import { abortTransaction, commitTransaction, readData, readRecords, writeRecord } from './files.ts';
import { getKeyVersion } from './keys.ts';
import {
  HISTORY_FILE,
  HISTORY_VISIBLE,
  KEY_VERSION,
  NETWORK_APPLICATION,
  NETWORK_FILE,
  NETWORK_FILE_LENGTH,
  SHOP_KEYS,
} from './layout.ts';
import { decodeNetworkRecord, type NetworkRecord } from './network-record.ts';
import { giveTriesBack, type PinProof, type PinRefusal, provePin, type SpendKeys } from './pin-proof.ts';

/** Why a card that was read well is not used here. */
export type CardRefusal =
  /** Not a card of this system. */
  | { type: 'NotOurs' }
  | { type: 'OtherNetwork'; networkId: number; cardData: number }
  /** A card of this network on which this shop has no application yet, or only a part of one. */
  | { type: 'NewInShop'; cardData: number }
  /** The shop's application is there, and our key does not open it. */
  | { type: 'KeysChanged'; cardData: number };

type Answer<T> = Promise<Result<T, CardRefusal | CardError>>;

/** A card that speaks, but not DESFire: status words outside 91 xx. */
const speaksAnotherLanguage = (error: CardError): boolean =>
  error.type === 'CardStatus' && error.sw >> 8 !== SW1_DESFIRE;

const refuse = (error: CardError): CardRefusal | CardError =>
  speaksAnotherLanguage(error) ? { type: 'NotOurs' } : error;

/**
 * The card's unique number, 7 bytes. A contactless reader answers by itself, which costs no exchange;
 * a contact reader does not know the question, and the card's version tells it in three.
 */
export async function readUid(card: Desfire): Answer<Uint8Array> {
  const answer = await card.transport.transmit(GET_UID);
  if (!answer.ok) return answer;
  const response = unwrap(answer.value);
  if (!response) return err({ type: 'CardRemoved' });
  if (response.sw === SW_OK) {
    // Four bytes are a card of another kind, or one that shows a random number instead of its own.
    return response.data.length === UID_LENGTH ? ok(response.data) : err({ type: 'NotOurs' });
  }
  const version = await getVersion(card);
  return version.ok ? ok(version.value.uid) : err(refuse(version.error));
}

/** Reads whose card this is. Two exchanges, no key. A card without our network application is NotOurs. */
export async function readNetworkApplication(card: Desfire): Answer<NetworkRecord> {
  const selected = await selectApplication(card, NETWORK_APPLICATION);
  if (!selected.ok) {
    return err(selected.error.type === 'ApplicationNotFound' ? { type: 'NotOurs' } : refuse(selected.error));
  }
  const file = await readData(card, { file: NETWORK_FILE, comm: 'plain' }, NETWORK_FILE_LENGTH);
  if (!file.ok) return err(isMissing(file.error) ? { type: 'NotOurs' } : refuse(file.error));
  const record = decodeNetworkRecord(file.value);
  return record.ok ? record : err({ type: 'NotOurs' });
}

/** The application bears our number but holds nothing of ours that can be read. */
const isMissing = (error: CardError): boolean =>
  error.type === 'FileNotFound' || error.type === 'BoundaryError' || error.type === 'AuthenticationFailed';

export type ShopOpening = {
  uid: Uint8Array;
  networkId: number;
  /** Master keys of the shop. Without `spendMasterKey` no PIN can be shown to the card itself. */
  shop: { aid: number; readWriteMasterKey: Uint8Array; spendMasterKey?: Uint8Array | null };
};

/**
 * Opens this shop's application with the till's key: select and authenticate, three exchanges.
 * When that fails for a reason that lies in the card, the network application is asked why.
 */
export async function openShopApplication(card: Desfire, { uid, networkId, shop }: ShopOpening): Answer<ShopSession> {
  const selecting = selectApplication(card, shop.aid);
  const key = cardKey(shop.readWriteMasterKey, uid, shop.aid, SHOP_KEYS.readWrite);
  const selected = await selecting;
  if (!selected.ok) {
    if (selected.error.type !== 'ApplicationNotFound') return err(refuse(selected.error));
    return err(await explain(card, networkId, 'NewInShop'));
  }
  const authenticated = await card.authenticateAes(SHOP_KEYS.readWrite, key);
  if (authenticated.ok) return ok(new ShopSession(card, { ...shop, uid, spendMasterKey: shop.spendMasterKey ?? null }));
  if (!isKeyProblem(authenticated.error)) return err(refuse(authenticated.error));
  const version = await getKeyVersion(card, SHOP_KEYS.readWrite);
  if (!version.ok && version.error.type === 'CardRemoved') return version;
  // An issuance that was torn before it came to our key: the shop has still to issue its application here.
  const unfinished = version.ok && version.value !== KEY_VERSION;
  return err(await explain(card, networkId, unfinished ? 'NewInShop' : 'KeysChanged'));
}

const isKeyProblem = ({ type }: CardError): boolean => type === 'AuthenticationFailed' || type === 'NoSuchKey';

const explain = async (
  card: Desfire,
  ours: number,
  otherwise: 'NewInShop' | 'KeysChanged',
): Promise<CardRefusal | CardError> => {
  const network = await readNetworkApplication(card);
  if (!network.ok) return network.error;
  const { networkId, cardData } = network.value;
  return networkId === ours ? { type: otherwise, cardData } : { type: 'OtherNetwork', networkId, cardData };
};

const HISTORY = { file: HISTORY_FILE, comm: 'maced', recordLength: CARD_RECORD_LENGTH } as const;

/** An opened shop application. Any error ends it; what was written and not committed is then gone. */
export class ShopSession {
  readonly card: Desfire;
  readonly #keys: SpendKeys;
  #provedByPin = false;

  constructor(card: Desfire, keys: SpendKeys) {
    this.card = card;
    this.#keys = keys;
  }

  /** Exchanges on the air since the card was lent. */
  get exchanges(): number {
    return this.card.exchanges;
  }

  /** The newest record, or null when there is none (an issuance that was torn), which ends the session. One exchange. */
  async readLast(): Promise<Result<CardRecord | null, CardRecordInvalid | CardError>> {
    const bytes = await readRecords(this.card, HISTORY, 1);
    if (bytes.ok) return decodeRecord(bytes.value);
    return bytes.error.type === 'BoundaryError' ? ok(null) : bytes;
  }

  /** The newest records, newest first, at most `limit` and never more than nine; none ends the session. */
  async readHistory(limit = HISTORY_VISIBLE): Promise<Result<CardRecord[], CardRecordInvalid | CardError>> {
    const ALL = 0;
    const bytes = await readRecords(this.card, HISTORY, ALL);
    if (!bytes.ok) return bytes.error.type === 'BoundaryError' ? ok([]) : bytes;
    if (bytes.value.length % CARD_RECORD_LENGTH !== 0) return err({ type: 'CardRecordInvalid', why: 'length' });
    const history: CardRecord[] = [];
    for (let end = bytes.value.length; end > 0 && history.length < limit; end -= CARD_RECORD_LENGTH) {
      const record = decodeRecord(bytes.value.slice(end - CARD_RECORD_LENGTH, end));
      if (!record.ok) return record;
      history.push(record.value);
    }
    return ok(history);
  }

  /**
   * Has the card itself judge the cardholder's PIN, which uses a try up before it asks; then only `write` and `commit` are
   * left to this session, and the write gives the tries back. Null: no PIN was given, and the card says whether one is set.
   * Four exchanges with a PIN, one without. After a wrong one it may be asked again, of the same card.
   */
  async provePin(pin: string | null): Promise<Result<PinProof, PinRefusal | CardError>> {
    const proof = await provePin(this.card, this.#keys, pin);
    this.#provedByPin = proof.ok && proof.value === 'card';
    return proof;
  }

  /** Prepares a record; nothing has changed until `commit`. One exchange; two under a PIN, whose tries come back with it. */
  async write(record: CardRecord): Promise<Result<void, CardError>> {
    const written = await writeRecord(this.card, HISTORY, encodeRecord(record));
    return written.ok && this.#provedByPin ? giveTriesBack(this.card) : written;
  }

  /** Makes the record stand. One exchange. CommitUnknown: it stands or not, and the next tap tells. */
  commit(): Promise<Result<void, CardError>> {
    return commitTransaction(this.card);
  }

  abort(): Promise<Result<void, CardError>> {
    return abortTransaction(this.card);
  }
}
