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

/** Keys of a shop application. The till holds `readWrite` alone; `write` waits for spending under a PIN. */
export const SHOP_KEYS = { master: 0, readWrite: 1, write: 2, read: 3 } as const;
export const SHOP_KEY_COUNT = 4;

export const HISTORY_FILE = 1;
/** Ten places keep nine records: one is always where the next is being written. */
export const HISTORY_PLACES = 10;
export const HISTORY_VISIBLE = HISTORY_PLACES - 1;
/** Different keys for the three rights, so that a reader of the file cannot write it. */
export const HISTORY_RIGHTS: AccessRights = {
  read: SHOP_KEYS.read,
  write: SHOP_KEYS.write,
  readWrite: SHOP_KEYS.readWrite,
  change: SHOP_KEYS.master,
};

export const NETWORK_FILE = 1;
export const NETWORK_FILE_LENGTH = 16;
export const NETWORK_RIGHTS: AccessRights = { read: 'free', write: 0, readWrite: 0, change: 0 };

/** Version byte of every key that is not the card's default: tells, after an interruption, which keys were set. */
export const KEY_VERSION = 1;
