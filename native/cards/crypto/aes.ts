import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import { xor, zeros } from '../bytes.ts';

export const AES_BLOCK = 16;
/** Runs one block of 16 bytes through a cipher that is ready. */
export type BlockCipher = (block: Uint8Array) => Uint8Array;

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

/** Runs one block after another under one key, each for itself. Making a cipher costs more than ten blocks do. */
export const aesBlocks = (key: Uint8Array, direction: 'encipher' | 'decipher' = 'encipher'): BlockCipher => {
  const make = direction === 'encipher' ? createCipheriv : createDecipheriv;
  const cipher = make('aes-128-ecb', createSecretKey(key), null).setAutoPadding(false);
  return (block) => new Uint8Array(cipher.update(block));
};

/** AES-128-CBC as `aesEncrypt`, under a key whose cipher is ready. */
export const cbcEncipher = (encipher: BlockCipher, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const result = zeros(data.length);
  let chained = iv;
  for (let at = 0; at < data.length; at += AES_BLOCK) {
    chained = encipher(xor(chained, data.subarray(at, at + AES_BLOCK)));
    result.set(chained, at);
  }
  return result;
};
