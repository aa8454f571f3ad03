import { err, ok } from '#contract/result/index.ts';
import { selectApplication } from './applications.ts';
import { equal, zeros } from './bytes.ts';
import { sealKey, spendKey } from './card-keys.ts';
import { AES_BLOCK, aesDecrypt, aesEncrypt } from './crypto/aes.ts';
import type { CardResult, Desfire } from './desfire.ts';
import {
  clearRecordFile,
  commitTransaction,
  createLinearRecordFile,
  createStdDataFile,
  getFileIds,
  getRecordCount,
  readData,
  writeData,
} from './files.ts';
import { changeOtherKey, getKeyVersion } from './keys.ts';
import {
  PIN_TRIES,
  SEALED_KEY_LENGTH,
  SHOP_KEYS,
  SPEND_KEY_FILE,
  SPEND_KEY_FILE_LENGTH,
  SPEND_KEY_RIGHTS,
  SPEND_KEY_VERSIONS,
  TRIES_FILE,
  TRIES_RIGHTS,
  TRY_LENGTH,
} from './layout.ts';
import { type ShopKeys, shopKeysOnCard } from './shop-application.ts';

/*
 * The cardholder's PIN on the card, set by whoever holds the shop's master keys: the network's server, through a till.
 * DESFire changes a key only for who knows the old one, and the old one is made with a PIN that nobody keeps. So the card keeps
 * its spending key itself, sealed (AES) under a key that only the server can make. The version of the spending key says which
 * of two places holds it; the next key is sealed in the other place before it is set, so that no interruption loses both.
 */

type CardInShop = { uid: Uint8Array; shop: ShopKeys };
type Standing = { key: Uint8Array; version: number; files: readonly number[] };
const SEALED = { file: SPEND_KEY_FILE, comm: 'maced' } as const;

/**
 * Sets, changes or (null) removes the PIN of a card in this shop, whatever it was before, and gives the tries back: nine
 * exchanges for a first PIN. Done again after an interruption it ends the same; `changed` false: the card had it already.
 * Errors: ApplicationNotFound (not of this shop), AuthenticationFailed (other keys), CardFull (no room for a first PIN).
 */
export async function setCardPin(
  card: Desfire,
  wanted: CardInShop & { newPin: string | null },
): CardResult<{ changed: boolean }> {
  const { uid, shop, newPin } = wanted;
  const standing = await openSpendKey(card, wanted);
  if (!standing.ok) return standing;
  const next = spendKey(shop.masterKeys[SHOP_KEYS.spend], uid, shop.aid, newPin);
  if (equal(next, standing.value.key)) return giveTriesBackOn(card, standing.value);
  const version = nextVersion(standing.value.version, newPin);
  if (newPin !== null) {
    const kept = await keepSealed(card, wanted, standing.value, { key: next, version });
    if (!kept.ok) return kept;
  }
  const changed = await changeOtherKey(card, SHOP_KEYS.spend, { key: next, version }, standing.value.key);
  if (!changed.ok) return changed;
  const given = await giveTriesBackOn(card, { ...standing.value, key: next });
  return given.ok ? ok({ changed: true }) : given;
}

/** Gives the tries of a PIN back, whatever it is. Seven exchanges, eleven where there were tries to give back. */
export async function unblockCardPin(card: Desfire, wanted: CardInShop): CardResult<{ changed: boolean }> {
  const standing = await openSpendKey(card, wanted);
  return standing.ok ? giveTriesBackOn(card, standing.value) : standing;
}

/** Opens the application with its master key and finds out which spending key it has now. */
async function openSpendKey(card: Desfire, { uid, shop }: CardInShop): CardResult<Standing> {
  const keys = shopKeysOnCard(shop, uid);
  const selected = await selectApplication(card, shop.aid);
  if (!selected.ok) return selected;
  const opened = await card.authenticateAes(SHOP_KEYS.master, keys[SHOP_KEYS.master]!);
  if (!opened.ok) return opened;
  const version = await getKeyVersion(card, SHOP_KEYS.spend);
  if (!version.ok) return version;
  const files = await getFileIds(card);
  if (!files.ok) return files;
  const standing = { version: version.value, files: files.value };
  const place = placeOf(version.value);
  if (place === null) return ok({ ...standing, key: keys[SHOP_KEYS.spend]! });
  const sealed = await readData(card, { ...SEALED, offset: place * SEALED_KEY_LENGTH }, SEALED_KEY_LENGTH);
  if (!sealed.ok) return sealed;
  return ok({ ...standing, key: aesDecrypt(sealingKey({ uid, shop }), zeros(AES_BLOCK), sealed.value) });
}

const sealingKey = ({ uid, shop }: CardInShop): Uint8Array => sealKey(shop.masterKeys[SHOP_KEYS.master], uid, shop.aid);

/** The place that a version of the spending key names; null: it is sealed nowhere, for no PIN made it. */
const placeOf = (version: number): 0 | 1 | null => {
  const [first, second] = SPEND_KEY_VERSIONS.inPlace;
  if (version === first) return 0;
  return version === second ? 1 : null;
};

const nextVersion = (version: number, newPin: string | null): number => {
  if (newPin === null) return SPEND_KEY_VERSIONS.withoutPin;
  return SPEND_KEY_VERSIONS.inPlace[placeOf(version) === 0 ? 1 : 0];
};

/** Seals the key that is about to be set; makes the two files of a PIN on a card that never had one. */
async function keepSealed(
  card: Desfire,
  wanted: CardInShop,
  { files }: Standing,
  next: { key: Uint8Array; version: number },
): CardResult<void> {
  const made = await makePinFiles(card, files);
  if (!made.ok) return made;
  const sealed = aesEncrypt(sealingKey(wanted), zeros(AES_BLOCK), next.key);
  return writeData(card, { ...SEALED, offset: (placeOf(next.version) ?? 0) * SEALED_KEY_LENGTH }, sealed);
}

async function makePinFiles(card: Desfire, files: readonly number[]): CardResult<void> {
  if (!files.includes(TRIES_FILE)) {
    const place = { file: TRIES_FILE, comm: 'maced', rights: TRIES_RIGHTS } as const;
    const made = await createLinearRecordFile(card, { ...place, recordLength: TRY_LENGTH, records: PIN_TRIES });
    if (!made.ok) return made;
  }
  if (files.includes(SPEND_KEY_FILE)) return ok(undefined);
  return createStdDataFile(card, { ...SEALED, rights: SPEND_KEY_RIGHTS, length: SPEND_KEY_FILE_LENGTH });
}

/** Only the spending key clears the tries; who can open its seal holds it. A card that never had a PIN has no tries. */
async function giveTriesBackOn(card: Desfire, { key, files }: Standing): CardResult<{ changed: boolean }> {
  if (!files.includes(TRIES_FILE)) return ok({ changed: false });
  const used = await getRecordCount(card, TRIES_FILE);
  if (!used.ok) return used;
  if (used.value === 0) return ok({ changed: false });
  const opened = await card.authenticateAes(SHOP_KEYS.spend, key);
  if (!opened.ok) return opened;
  const cleared = await clearRecordFile(card, TRIES_FILE);
  if (!cleared.ok) return cleared;
  const committed = await commitTransaction(card);
  if (committed.ok) return ok({ changed: true });
  // No points moved: asked once more, it is seen how many tries are used.
  const gone = committed.error.type === 'CommitUnknown' && committed.error.cause === 'no answer';
  return err(gone ? { type: 'CardRemoved' } : committed.error);
}
