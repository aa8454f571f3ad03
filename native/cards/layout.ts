import type { AccessRights } from './files.ts';

/** Where things stand on a Comptoir card. Numbers of applications are sent little-endian. */
export const NETWORK_APPLICATION = 0xf4c001;
const SHOP_APPLICATIONS = 0xf50000;
const MAX_SHOP_NUMBER = 0xffff;

/** The application of a member shop: 0xF50000 and its number in the network. */
export const shopApplication = (shopNumber: number): number => {
  if (!Number.isInteger(shopNumber) || shopNumber < 0 || shopNumber > MAX_SHOP_NUMBER) {
    throw new RangeError(`shop number ${shopNumber}`);
  }
  return SHOP_APPLICATIONS + shopNumber;
};

/** Keys of a shop application. `spend` is made with the cardholder's PIN as well, where one is set. */
export const SHOP_KEYS = { master: 0, readWrite: 1, spend: 2, read: 3 } as const;
export const SHOP_KEY_COUNT = 4;

export const HISTORY_FILE = 1;
/** Ten places keep nine records: one is always where the next is being written. */
export const HISTORY_PLACES = 10;
export const HISTORY_VISIBLE = HISTORY_PLACES - 1;
/** Different keys for the three rights, so that a reader of the file cannot write it. */
export const HISTORY_RIGHTS: AccessRights = {
  read: SHOP_KEYS.read,
  write: SHOP_KEYS.spend,
  readWrite: SHOP_KEYS.readWrite,
  change: SHOP_KEYS.master,
};

/** Wrong PINs in a row that a card bears. */
export const PIN_TRIES = 3;
/** One record for each try of the PIN: a linear file takes no more than it has places, so the card itself refuses the next. */
export const TRIES_FILE = 2;
export const TRY_LENGTH = 1;
/** The till's key can only use a try up; only the proof of the PIN gives the tries back. */
export const TRIES_RIGHTS: AccessRights = {
  read: SHOP_KEYS.read,
  write: SHOP_KEYS.readWrite,
  readWrite: SHOP_KEYS.spend,
  change: SHOP_KEYS.master,
};

/** The spending key, sealed for the network: two places, of which the key's version names the one that counts. */
export const SPEND_KEY_FILE = 3;
export const SEALED_KEY_LENGTH = 16;
export const SPEND_KEY_FILE_LENGTH = 2 * SEALED_KEY_LENGTH;
export const SPEND_KEY_RIGHTS: AccessRights = {
  read: SHOP_KEYS.master,
  write: SHOP_KEYS.master,
  readWrite: SHOP_KEYS.master,
  change: SHOP_KEYS.master,
};

export const NETWORK_FILE = 1;
export const NETWORK_FILE_LENGTH = 16;
export const NETWORK_RIGHTS: AccessRights = { read: 'free', write: 0, readWrite: 0, change: 0 };

/** Version byte of every key that is not the card's default: tells, after an interruption, which keys were set. */
export const KEY_VERSION = 1;
/** Versions of the spending key: 1 no PIN is set; 2 and 3 one is, and its key is sealed in the first or the second place. */
export const SPEND_KEY_VERSIONS = { withoutPin: KEY_VERSION, inPlace: [2, 3] } as const;
