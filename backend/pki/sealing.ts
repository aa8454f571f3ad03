import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Random } from '#backend/random.ts';

/** Keeps keys in the database unreadable without the server secret, which lies outside it. */
export type Seal = {
  /** @param purpose bound to the result: what was sealed for one purpose does not open for another */
  seal(purpose: string, plain: Uint8Array): Buffer;
  /** @throws when it was sealed under another secret, for another purpose, or altered */
  open(purpose: string, sealed: Uint8Array): Buffer;
};

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM (NIST SP 800-38D) with a random nonce: nonce, ciphertext, tag. */
export function sealWith(serverSecret: string, random: Random): Seal {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(serverSecret, 'hex'), '', 'seal', 32));
  return {
    seal(purpose, plain) {
      const nonce = random(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength), {
        authTagLength: tagLength,
      });
      decipher.setAAD(Buffer.from(purpose)).setAuthTag(sealed.subarray(sealed.length - tagLength));
      return Buffer.concat([
        decipher.update(sealed.subarray(nonceLength, sealed.length - tagLength)),
        decipher.final(),
      ]);
    },
  };
}
