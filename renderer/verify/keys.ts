import { keyIdOf } from '#contract/tickets/token/certificate.ts';
import { uncompressedPoint } from '#contract/tickets/token/point.ts';
import type { VerifyTools } from '#contract/tickets/token/verify.ts';

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const es256 = { name: 'ECDSA', hash: 'SHA-256' };

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));

/** A key that the browser cannot read proves nothing: what it signed is not believed. */
async function verified(
  subtle: SubtleCrypto,
  key: () => Promise<CryptoKey>,
  bytes: Uint8Array<ArrayBuffer>,
  signature: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  try {
    return await subtle.verify(es256, await key(), signature, bytes);
  } catch {
    return false;
  }
}

/**
 * The browser's own cryptography.
 * @param serverKeys the network's server keys, SPKI in base64, that the page came with
 */
export async function webTools(subtle: SubtleCrypto, serverKeys: readonly string[]): Promise<VerifyTools> {
  const known = new Map<number, Uint8Array<ArrayBuffer>>();
  for (const key of serverKeys.map(bytesOf)) {
    known.set(keyIdOf(new Uint8Array(await subtle.digest('SHA-256', key))), key);
  }
  return {
    verifyServer(keyId, bytes, signature) {
      const spki = known.get(keyId);
      return spki
        ? verified(subtle, () => subtle.importKey('spki', spki, curve, false, ['verify']), bytes, signature)
        : null;
    },
    async verifyTill(publicKey, bytes, signature) {
      const point = uncompressedPoint(publicKey);
      if (point === null) return false;
      return verified(subtle, () => subtle.importKey('raw', point, curve, false, ['verify']), bytes, signature);
    },
  };
}
