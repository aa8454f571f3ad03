import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { zeros } from '../bytes.ts';

export const AES_BLOCK = 16;
/** AES-128-CBC under a key whose cipher is ready; `data` is a multiple of 16 bytes. */
export type CbcEncipher = (iv: Uint8Array, data: Uint8Array) => Uint8Array;

/*
 * Keys go in as key objects: Node 24 finds out what a key is by trying, and raw bytes cost it four times what the cipher does.
 */

/** AES-128-CBC without padding; `data` is a multiple of 16 bytes. FIPS 197, NIST SP 800-38A. */
export const aesEncrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-128-cbc', createSecretKey(key), iv).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
};

export const aesDecrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const decipher = createDecipheriv('aes-128-cbc', createSecretKey(key), iv).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
};

/**
 * One cipher for many messages: making one costs more than ten blocks do. The cipher goes on from its own last block, so
 * that block is taken out of the next message's first along with its vector going in.
 */
export const cbcEncipher = (key: Uint8Array): CbcEncipher => {
  const cipher = createCipheriv('aes-128-cbc', createSecretKey(key), zeros(AES_BLOCK)).setAutoPadding(false);
  let last: Uint8Array = zeros(AES_BLOCK);
  return (iv, data) => {
    const input = data.slice();
    for (let at = 0; at < AES_BLOCK; at++) input[at]! ^= iv[at]! ^ last[at]!;
    const output = new Uint8Array(cipher.update(input));
    last = output.slice(-AES_BLOCK);
    return output;
  };
};

/** Deciphers single blocks, each for itself, with a cipher that is ready. */
export const blockDecipher = (key: Uint8Array): ((block: Uint8Array) => Uint8Array) => {
  const decipher = createDecipheriv('aes-128-ecb', createSecretKey(key), null).setAutoPadding(false);
  return (block) => new Uint8Array(decipher.update(block));
};
