import { isCardholderPin } from '#contract/loyalty/cardholder-pin.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { cardKey, spendKey } from './card-keys.ts';
import type { Desfire } from './desfire.ts';
import type { CardError } from './errors.ts';
import { clearRecordFile, commitTransaction, getRecordCount, writeRecord } from './files.ts';
import { getKeyVersion } from './keys.ts';
import { PIN_TRIES, SHOP_KEYS, SPEND_KEY_VERSIONS, TRIES_FILE, TRY_LENGTH } from './layout.ts';

/*
 * The cardholder's PIN, shown to the card without a server. DESFire knows no PIN: the spending key is made with it, and a wrong
 * one makes a key that the card refuses. DESFire EV1 counts no wrong keys either: a try is used up, and committed, before each.
 */

/** Whose keys these are: one card in one shop. `spendMasterKey` null: this till was never given it. */
export type SpendKeys = {
  uid: Uint8Array;
  aid: number;
  readWriteMasterKey: Uint8Array;
  spendMasterKey: Uint8Array | null;
};

export type PinRefusal =
  | { type: 'PinWrong'; triesLeft: number }
  | { type: 'PinBlocked' }
  /** A PIN is set on the card and none was given. */
  | { type: 'PinRequired' }
  /** A PIN is set, and the card has no place for its tries. */
  | { type: 'CardOfOlderLayout' }
  | { type: 'SpendKeyMissing' };

/** `card`: the card itself found the PIN right, and its spending key is at work. `not-set`: there is none to ask for. */
export type PinProof = 'card' | 'not-set';

type Answer<T> = Promise<Result<T, PinRefusal | CardError>>;

/**
 * Has the card judge the PIN. The shop's application is selected. Without a PIN one exchange: the version of the spending
 * key, under the session's MAC, says whether one is set. With a PIN four: use a try up, commit, authenticate with its key.
 */
export async function provePin(card: Desfire, keys: SpendKeys, pin: string | null): Answer<PinProof> {
  const opened = await withTillKey(card, keys);
  if (!opened.ok) return opened;
  if (pin === null) return withoutPin(card);
  if (!keys.spendMasterKey) return err({ type: 'SpendKeyMissing' });
  // What cannot be a PIN is wrong without asking, and costs no try.
  if (!isCardholderPin(pin)) return wrongIfSet(card);
  const used = await takeTry(card);
  if (!used.ok) return refusedTry(card, keys, used.error);
  const key = spendKey(keys.spendMasterKey, keys.uid, keys.aid, pin);
  const proved = await card.authenticateAes(SHOP_KEYS.spend, key);
  if (proved.ok) return ok('card');
  return proved.error.type === 'AuthenticationFailed' ? notThisPin(card, keys) : proved;
}

/** Puts the tries back, in the same transaction as what the proof was for. One exchange. */
export const giveTriesBack = (card: Desfire): Promise<Result<void, CardError>> => clearRecordFile(card, TRIES_FILE);

/** A refused PIN ended the session: the next one begins with the till's key again. */
async function withTillKey(card: Desfire, { readWriteMasterKey, uid, aid }: SpendKeys): Answer<void> {
  if (card.authenticatedKey === SHOP_KEYS.readWrite) return ok(undefined);
  return card.authenticateAes(SHOP_KEYS.readWrite, cardKey(readWriteMasterKey, uid, aid, SHOP_KEYS.readWrite));
}

async function withoutPin(card: Desfire): Answer<PinProof> {
  const version = await getKeyVersion(card, SHOP_KEYS.spend);
  if (!version.ok) return version;
  return version.value === SPEND_KEY_VERSIONS.withoutPin ? ok('not-set') : err({ type: 'PinRequired' });
}

async function takeTry(card: Desfire): Promise<Result<void, CardError>> {
  const written = await writeRecord(card, { file: TRIES_FILE, comm: 'maced' }, new Uint8Array(TRY_LENGTH));
  if (!written.ok) return written;
  const committed = await commitTransaction(card);
  if (committed.ok || committed.error.type !== 'CommitUnknown') return committed;
  // A try that may be used up moves no points: the card is simply gone, or not to be trusted.
  const gone = committed.error.cause === 'no answer';
  return err(gone ? { type: 'CardRemoved' } : { type: 'IntegrityError', by: 'reader', command: 'commitTransaction' });
}

async function refusedTry(card: Desfire, keys: SpendKeys, error: CardError): Answer<PinProof> {
  const full = error.type === 'BoundaryError';
  if (!full && error.type !== 'FileNotFound') return err(error);
  const opened = await withTillKey(card, keys);
  if (!opened.ok) return opened;
  const proof = await withoutPin(card);
  if (proof.ok || proof.error.type !== 'PinRequired') return proof;
  return err({ type: full ? 'PinBlocked' : 'CardOfOlderLayout' });
}

/** The card refused the key made with this PIN: because another one is set, or none. */
async function notThisPin(card: Desfire, keys: SpendKeys): Answer<PinProof> {
  const opened = await withTillKey(card, keys);
  if (!opened.ok) return opened;
  const proof = await wrongIfSet(card);
  return proof.ok ? withdrawTry(card, keys) : proof;
}

async function wrongIfSet(card: Desfire): Answer<PinProof> {
  const proof = await withoutPin(card);
  return !proof.ok && proof.error.type === 'PinRequired' ? wrong(card) : proof;
}

/** No PIN is set, so the one that was given says nothing against the customer: the key without one gives the try back. */
async function withdrawTry(card: Desfire, keys: SpendKeys): Answer<PinProof> {
  const key = spendKey(keys.spendMasterKey!, keys.uid, keys.aid, null);
  const proved = await card.authenticateAes(SHOP_KEYS.spend, key);
  if (!proved.ok) return proved;
  const cleared = await giveTriesBack(card);
  if (!cleared.ok) return cleared;
  const committed = await commitTransaction(card);
  if (!committed.ok) return committed.error.type === 'CommitUnknown' ? err({ type: 'CardRemoved' }) : committed;
  const opened = await withTillKey(card, keys);
  return opened.ok ? ok('not-set') : opened;
}

async function wrong(card: Desfire): Answer<never> {
  const used = await getRecordCount(card, TRIES_FILE);
  if (!used.ok)
    return err(used.error.type === 'FileNotFound' ? { type: 'PinWrong', triesLeft: PIN_TRIES } : used.error);
  const triesLeft = Math.max(0, PIN_TRIES - used.value);
  return err(triesLeft === 0 ? { type: 'PinBlocked' } : { type: 'PinWrong', triesLeft });
}
