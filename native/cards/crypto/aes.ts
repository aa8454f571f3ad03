import { createCipheriv, createDecipheriv } from 'node:crypto';

export const AES_BLOCK = 16;

/** AES-128-CBC without padding; `data` is a multiple of 16 bytes. FIPS 197, NIST SP 800-38A. */
export const aesEncrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(data), cipher.final()]));
};

export const aesDecrypt = (key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array => {
  const decipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([decipher.update(data), decipher.final()]));
};
