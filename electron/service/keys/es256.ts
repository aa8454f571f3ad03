import { createECDH, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** ECDSA on P-256 with SHA-256; signatures are r‖s, 64 bytes, base64url (RFC 7518 §3.4). */
export function signEs256(privateKey: KeyObject, bytes: Uint8Array): string {
  return sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

export function verifyEs256(publicKey: KeyObject, bytes: Uint8Array, signature: string): boolean {
  const raw = Buffer.from(signature, 'base64url');
  return raw.length === 64 && verify('sha256', bytes, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw);
}

/** Reads a public key (SPKI DER, base64). Null unless it is one on P-256. */
export function readPublicKey(spkiBase64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(spkiBase64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

/** Reads a private key (PKCS#8 DER). Null unless it is one on P-256. */
export function readPrivateKey(pkcs8: Uint8Array): KeyObject | null {
  try {
    const key = createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

/** Makes a key pair from the random bytes given, as randomness comes in from outside. @returns PKCS#8 DER */
export function makePrivateKey(randomBytes: (count: number) => Uint8Array): Uint8Array {
  // A scalar beyond the group's order has a chance of 2^-32; eight in a row means the source is broken.
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const scalar = Buffer.from(randomBytes(32));
    const point = pointOf(scalar);
    if (point === null) continue;
    const key = createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        d: scalar.toString('base64url'),
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    });
    return new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }));
  }
  throw new RangeError('the random source gives no valid P-256 key');
}

export const publicKeyOf = (privateKey: KeyObject): string =>
  createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64');

function pointOf(scalar: Buffer): Buffer | null {
  try {
    const curve = createECDH('prime256v1');
    curve.setPrivateKey(scalar);
    return curve.getPublicKey();
  } catch {
    return null;
  }
}
