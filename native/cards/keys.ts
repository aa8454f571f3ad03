import { err, ok } from '#contract/result/index.ts';
import { concat, padZeros, xor, zeros } from './bytes.ts';
import { crc16, crc32 } from './crypto/crc.ts';
import { DES_BLOCK, legacySend } from './crypto/des.ts';
import { type CardResult, type Desfire, nonsense } from './desfire.ts';
import { INS } from './instructions.ts';
import type { SecureChannel } from './secure-channel.ts';

export type NewKey = { key: Uint8Array; version: number };

/** At card level the key number's high bits say what kind the new master key is. */
const AES_MASTER_KEY = 0x80;
const SET_DEFAULT_KEY = 0x01;
const DEFAULT_KEY_FIELD = 24;

/** Keys and settings leave enciphered or not at all: without a session, asking is a defect. */
const openChannel = (card: Desfire): SecureChannel => {
  if (!card.channel) throw new Error('no AES session to send this in');
  return card.channel;
};

const payloadOf = ({ key, version }: NewKey): Uint8Array => concat(key, Uint8Array.of(version));

/** Changes the key that the session was authenticated with; the card ends the session. */
export async function changeOwnKey(card: Desfire, keyNumber: number, next: NewKey): CardResult<void> {
  const channel = openChannel(card);
  const data = payloadOf(next);
  const checksum = crc32(concat(Uint8Array.of(INS.changeKey, keyNumber), data));
  const cryptogram = channel.encipher(concat(data, checksum));
  const result = await card.run(INS.changeKey, concat(Uint8Array.of(keyNumber), cryptogram));
  card.forgetAuthentication();
  return result.ok ? ok(undefined) : result;
}

/** Changes another key of the application; the change carries the difference to the old key and a checksum of the new. */
export async function changeOtherKey(
  card: Desfire,
  keyNumber: number,
  next: NewKey,
  old: Uint8Array,
): CardResult<void> {
  const channel = openChannel(card);
  const data = payloadOf({ key: xor(next.key, old), version: next.version });
  const checksum = crc32(concat(Uint8Array.of(INS.changeKey, keyNumber), data));
  const cryptogram = channel.encipher(concat(data, checksum, crc32(next.key)));
  const result = await card.run(INS.changeKey, concat(Uint8Array.of(keyNumber), cryptogram));
  if (!result.ok) return result;
  if (channel.openMaced(result.value, 0)) return ok(undefined);
  card.forgetAuthentication();
  return err({ type: 'IntegrityError', by: 'reader', command: 'changeKey' });
}

/** Turns a factory-fresh card's DES master key into an AES key, inside a legacy session. The card ends the session. */
export async function changeFactoryKeyToAes(card: Desfire, next: NewKey): CardResult<void> {
  const session = card.legacySession;
  if (!session) throw new Error('no legacy session');
  const data = payloadOf(next);
  const clear = padZeros(concat(data, crc16(data)), DES_BLOCK);
  const cryptogram = legacySend(session, clear);
  const result = await card.run(INS.changeKey, concat(Uint8Array.of(AES_MASTER_KEY), cryptogram));
  card.forgetAuthentication();
  return result.ok ? ok(undefined) : result;
}

/** The same, for a card whose master key is AES already: key number 0x80 at card level. */
export const changeMasterKey = (card: Desfire, next: NewKey): CardResult<void> =>
  changeOwnKey(card, AES_MASTER_KEY, next);

export async function getKeyVersion(card: Desfire, keyNumber: number): CardResult<number> {
  const result = await card.command({ instruction: INS.getKeyVersion, header: Uint8Array.of(keyNumber) });
  if (!result.ok) return result;
  const [version] = result.value;
  return result.value.length === 1 && version !== undefined
    ? ok(version)
    : err(nonsense(INS.getKeyVersion, `${result.value.length} bytes`));
}

export type KeySettings = { settings: number; keys: number; aes: boolean };

export async function getKeySettings(card: Desfire): CardResult<KeySettings> {
  const result = await card.command({ instruction: INS.getKeySettings });
  if (!result.ok) return result;
  const [settings, kind] = result.value;
  return result.value.length === 2 && settings !== undefined && kind !== undefined
    ? ok({ settings, keys: kind & 0x0f, aes: (kind & 0xc0) === 0x80 })
    : err(nonsense(INS.getKeySettings, `${result.value.length} bytes`));
}

export async function changeKeySettings(card: Desfire, settings: number): CardResult<void> {
  openChannel(card);
  const data = Uint8Array.of(settings);
  const result = await card.command({ instruction: INS.changeKeySettings, data, send: 'enciphered' });
  return result.ok ? ok(undefined) : result;
}

/** Sets the key that every key of an application created from now on begins with. Needs the AES PICC master key. */
export async function setDefaultKey(card: Desfire, { key, version }: NewKey): CardResult<void> {
  openChannel(card);
  const data = concat(key, zeros(DEFAULT_KEY_FIELD - key.length), Uint8Array.of(version));
  const header = Uint8Array.of(SET_DEFAULT_KEY);
  const result = await card.command({ instruction: INS.setConfiguration, header, data, send: 'enciphered' });
  return result.ok ? ok(undefined) : result;
}
