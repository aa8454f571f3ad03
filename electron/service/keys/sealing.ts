import { createCipheriv, createDecipheriv } from 'node:crypto';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { SealError } from './errors.ts';

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/** The purpose is bound in, so that a sealed PIN hash moved to where a card key belongs does not open. */
const boundData = (purpose: string) => Buffer.from(`comptoir ${version} ${purpose}`, 'utf8');

/**
 * AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D §8.2.2: good for 2^32 seals under one key, far beyond a till's life).
 * @returns `v1.` and base64url of nonce, ciphertext, tag
 */
export function seal(bytes: Uint8Array, purpose: string, dataKey: Uint8Array, nonce: Uint8Array): string {
  if (nonce.length !== nonceBytes) throw new RangeError('a nonce has 12 bytes');
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce);
  cipher.setAAD(boundData(purpose));
  const sealed = Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  return `${version}.${sealed.toString('base64url')}`;
}

/** Opens what {@link seal} made with the same key for the same purpose. */
export function open(sealed: string, purpose: string, dataKey: Uint8Array): Result<Uint8Array, SealError> {
  const text = /^v1\.([A-Za-z0-9_-]+)$/.exec(sealed)?.[1];
  const bytes = text === undefined ? Buffer.alloc(0) : Buffer.from(text, 'base64url');
  if (bytes.length < nonceBytes + tagBytes) return err({ type: 'SealMalformed', purpose });
  const decipher = createDecipheriv('aes-256-gcm', dataKey, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes });
  decipher.setAAD(boundData(purpose));
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    const opened = Buffer.concat([decipher.update(bytes.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return ok(new Uint8Array(opened));
  } catch {
    return err({ type: 'SealBroken', purpose });
  }
}
