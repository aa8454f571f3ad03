import { isCardholderPin } from '#contract/loyalty/cardholder-pin.ts';
import { PICC } from './applications.ts';
import { concat } from './bytes.ts';
import { diversifyKey } from './crypto/diversify.ts';
import { SHOP_KEYS } from './layout.ts';

export const UID_LENGTH = 7;
const SYSTEM = new TextEncoder().encode('CPTR');
/** No key of the card: names the key that new applications begin with. */
const DEFAULT_KEY_NUMBER = 0xff;

/** What names the key under which a card keeps its own spending key for the network. No key of the card. */
const SEAL_KEY_NUMBER = 0xfe;

/** Application number as AN10922 writes it in its examples: most significant byte first. */
const aidBytes = (aid: number): Uint8Array => Uint8Array.of(aid >> 16, (aid >> 8) & 0xff, aid & 0xff);

const keyInput = (uid: Uint8Array, aid: number, keyNumber: number): Uint8Array => {
  if (uid.length !== UID_LENGTH) throw new RangeError(`UID of ${uid.length} bytes`);
  return concat(uid, aidBytes(aid), Uint8Array.of(keyNumber), SYSTEM);
};

/** One card's key out of a master key: AN10922 over UID (7), application (3), key number (1), "CPTR". */
export const cardKey = (master: Uint8Array, uid: Uint8Array, aid: number, keyNumber: number): Uint8Array =>
  diversifyKey(master, keyInput(uid, aid, keyNumber));

/**
 * The key that writes a spending. Without a PIN it is key 2 as any other key; with one, the PIN's digits (ASCII) follow in
 * the input, so that the card itself finds a wrong PIN by refusing its key.
 * @throws RangeError when the PIN is not four to eight digits
 */
export const spendKey = (master: Uint8Array, uid: Uint8Array, aid: number, pin: string | null): Uint8Array => {
  if (pin === null) return cardKey(master, uid, aid, SHOP_KEYS.spend);
  if (!isCardholderPin(pin)) throw new RangeError('a PIN is four to eight digits');
  return diversifyKey(master, concat(keyInput(uid, aid, SHOP_KEYS.spend), new TextEncoder().encode(pin)));
};

/** Seals a card's spending key on the card itself. `master` is the master key of key 0, which the network alone holds. */
export const sealKey = (master: Uint8Array, uid: Uint8Array, aid: number): Uint8Array =>
  cardKey(master, uid, aid, SEAL_KEY_NUMBER);

/** Master keys of the network, each 16 bytes. They stay with the server and the network's desk. */
export type NetworkKeys = { piccMasterKey: Uint8Array; defaultMasterKey: Uint8Array; networkMasterKey: Uint8Array };

/** Master keys of one shop's application, one for each key number; a till holds number 1 alone. */
export type ShopMasterKeys = readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array];

export const piccKey = (keys: NetworkKeys, uid: Uint8Array): Uint8Array => cardKey(keys.piccMasterKey, uid, PICC, 0);

export const defaultKey = (keys: NetworkKeys, uid: Uint8Array): Uint8Array =>
  cardKey(keys.defaultMasterKey, uid, PICC, DEFAULT_KEY_NUMBER);
