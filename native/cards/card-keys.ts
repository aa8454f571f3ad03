import { PICC } from './applications.ts';
import { concat } from './bytes.ts';
import { diversifyKey } from './crypto/diversify.ts';

export const UID_LENGTH = 7;
const SYSTEM = new TextEncoder().encode('CPTR');
/** No key of the card: names the key that new applications begin with. */
const DEFAULT_KEY_NUMBER = 0xff;

/** Application number as AN10922 writes it in its examples: most significant byte first. */
const aidBytes = (aid: number): Uint8Array => Uint8Array.of(aid >> 16, (aid >> 8) & 0xff, aid & 0xff);

/** One card's key out of a master key: AN10922 over UID (7), application (3), key number (1), "CPTR". */
export const cardKey = (master: Uint8Array, uid: Uint8Array, aid: number, keyNumber: number): Uint8Array => {
  if (uid.length !== UID_LENGTH) throw new RangeError(`UID of ${uid.length} bytes`);
  return diversifyKey(master, concat(uid, aidBytes(aid), Uint8Array.of(keyNumber), SYSTEM));
};

/** Master keys of the network, each 16 bytes. They stay with the server and the network's desk. */
export type NetworkKeys = { piccMasterKey: Uint8Array; defaultMasterKey: Uint8Array; networkMasterKey: Uint8Array };

/** Master keys of one shop's application, one for each key number; a till holds number 1 alone. */
export type ShopMasterKeys = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

export const piccKey = (keys: NetworkKeys, uid: Uint8Array): Uint8Array => cardKey(keys.piccMasterKey, uid, PICC, 0);

export const defaultKey = (keys: NetworkKeys, uid: Uint8Array): Uint8Array =>
  cardKey(keys.defaultMasterKey, uid, PICC, DEFAULT_KEY_NUMBER);
