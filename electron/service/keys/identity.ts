import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { KeysError } from './errors.ts';
import { makePrivateKey, publicKeyOf, readPrivateKey } from './es256.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { open, seal } from './sealing.ts';

const file = 'identity.json';
const purpose = 'terminal-identity';
const IdentityFile = z.strictObject({
  v: z.literal(1),
  /** SPKI DER, base64: what the server knows this terminal by. */
  publicKey: z.string().max(200),
  /** PKCS#8 DER, sealed. */
  privateKey: z.string().max(1000),
});

/** Is there an identity already? Then the data key must be the one that sealed it. */
export function identityExists(keysFolder: string): Result<boolean, KeysError> {
  const bytes = readPrivateFile(keysFolder, file);
  return bytes.ok ? ok(bytes.value !== null) : bytes;
}

/** What the server knows this terminal by, read without opening anything; null where there is no identity, or none that can be read. */
export function identityPublicKey(keysFolder: string): string | null {
  const bytes = readPrivateFile(keysFolder, file);
  return bytes.ok && bytes.value !== null ? (readIdentityFile(bytes.value)?.publicKey ?? null) : null;
}

/** The terminal's private key; made, sealed and kept at the first start. */
export function openIdentity(
  keysFolder: string,
  dataKey: Uint8Array,
  randomBytes: (count: number) => Uint8Array,
): Result<KeyObject, KeysError> {
  const bytes = readPrivateFile(keysFolder, file);
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return makeIdentity(keysFolder, dataKey, randomBytes);
  const identity = readIdentityFile(bytes.value);
  if (identity === null) return err({ type: 'KeyFileMalformed', file });
  const pkcs8 = open(identity.privateKey, purpose, dataKey);
  if (!pkcs8.ok) return pkcs8;
  const key = readPrivateKey(pkcs8.value);
  if (key === null || publicKeyOf(key) !== identity.publicKey) return err({ type: 'KeyFileMalformed', file });
  return ok(key);
}

function makeIdentity(keysFolder: string, dataKey: Uint8Array, randomBytes: (count: number) => Uint8Array) {
  const pkcs8 = makePrivateKey(randomBytes);
  const key = readPrivateKey(pkcs8)!;
  const identity: z.infer<typeof IdentityFile> = {
    v: 1,
    publicKey: publicKeyOf(key),
    privateKey: seal(pkcs8, purpose, dataKey, randomBytes(12)),
  };
  const written = writePrivateFile(keysFolder, file, Buffer.from(`${JSON.stringify(identity)}\n`, 'utf8'));
  return written.ok ? ok(key) : written;
}

function readIdentityFile(bytes: Uint8Array): z.infer<typeof IdentityFile> | null {
  try {
    const read = IdentityFile.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
