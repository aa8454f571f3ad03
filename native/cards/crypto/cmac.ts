import { xor, zeros } from '../bytes.ts';
import { AES_BLOCK, type CbcEncipher, cbcEncipher } from './aes.ts';

/** Doubling in GF(2^128), NIST SP 800-38B section 6.1. */
const double = (block: Uint8Array): Uint8Array => {
  const result = zeros(AES_BLOCK);
  for (let at = 0; at < AES_BLOCK; at++) result[at] = (block[at]! << 1) | ((block[at + 1] ?? 0) >> 7);
  if (block[0]! & 0x80) result[AES_BLOCK - 1]! ^= 0x87;
  return result;
};

export type CmacKey = {
  key: Uint8Array;
  encipher: CbcEncipher;
  whole: Uint8Array;
  padded: Uint8Array;
};

/** Prepares the two sub-keys of an AES key: K1 for a message of whole blocks, K2 for a padded one. */
export const cmacKey = (key: Uint8Array): CmacKey => {
  const encipher = cbcEncipher(key);
  const whole = double(encipher(zeros(AES_BLOCK), zeros(AES_BLOCK)));
  return { key, encipher, whole, padded: double(whole) };
};

/**
 * AES-CMAC, RFC 4493. DESFire EV1 chains its messages: the 16 bytes of one CMAC are the `iv` of the next.
 * `blocks` pads a short message to at least that many blocks, as AN10922 wants.
 */
export const cmac = (
  { encipher, whole, padded }: CmacKey,
  message: Uint8Array,
  iv: Uint8Array = zeros(AES_BLOCK),
  blocks = 1,
): Uint8Array => {
  const length = Math.max(blocks, Math.ceil(message.length / AES_BLOCK)) * AES_BLOCK;
  const complete = message.length === length;
  const input = zeros(length);
  input.set(message);
  if (!complete) input[message.length] = 0x80;
  const last = length - AES_BLOCK;
  input.set(xor(input.subarray(last), complete ? whole : padded), last);
  return encipher(iv, input).slice(last);
};

/** On the air EV1 sends the first 8 of the 16 bytes. */
export const MAC_LENGTH = 8;
