import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { ChainTools } from '#contract/journal/chain.ts';

/** Hashes and signs the canonical bytes of an entry: SHA-256 in hex, ES256 as base64url of r‖s. */
export type Seal = (canonicalBytes: Uint8Array) => { hash: string; signature: string };

const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** Seals with a P-256 private key held in memory. */
export function sealWith(privateKey: KeyObject): Seal {
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return (bytes) => ({ hash: sha256(bytes), signature: sign('sha256', bytes, key).toString('base64url') });
}

/** `ChainTools` on node:crypto. Remembers the last public key: a journal is checked with one key per epoch. */
export function nodeChainTools(): ChainTools {
  let last: { text: string; key: KeyObject | null } | null = null;
  const keyOf = (text: string): KeyObject | null => {
    if (last?.text !== text) last = { text, key: readKey(text) };
    return last.key;
  };
  return {
    sha256,
    verify(publicKey, bytes, signature) {
      const key = keyOf(publicKey);
      if (!key) return false;
      return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    },
  };
}

function readKey(text: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}
