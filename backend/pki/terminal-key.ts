import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';

export const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** Reads a terminal's public key: SPKI, base64, on P-256. Null when it is anything else. */
export function readPublicKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

/** ES256 (RFC 7518 §3.4): the signature is r‖s, 64 bytes. */
export const verifyEs256 = (key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean =>
  verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);

/** The same off the event loop, for many at a time. */
export const verifyEs256Async = (key: KeyObject, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> =>
  new Promise((resolve, reject) => {
    verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature, (cause, valid) =>
      cause ? reject(cause) : resolve(valid),
    );
  });
