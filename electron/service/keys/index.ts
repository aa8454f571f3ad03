import { join } from 'node:path';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { KeysError, SealError } from './errors.ts';
import { publicKeyOf, signEs256 } from './es256.ts';
import { identityExists, openIdentity } from './identity.ts';
import { dataKeyBytes, type KeyStore } from './key-store.ts';
import { checkPrivateFolder } from './private-file.ts';
import { open, seal } from './sealing.ts';

export type { KeysError, SealError } from './errors.ts';
export { identityPublicKey } from './identity.ts';
export { fileKeyStore, type KeyStore, type OsCipher, osKeyStore } from './key-store.ts';

/** Who this terminal is, and what keeps its secrets at rest. The keys themselves never leave this object. */
export interface TerminalKeys {
  /** SPKI DER, base64: what enrolment gives to the server. */
  readonly publicKeySpkiBase64: string;
  /** Who guards the data key; `file` is worth a warning to the shopkeeper. */
  readonly protection: KeyStore['protection'];
  /** ES256 over the bytes: r‖s in base64url, 86 characters. */
  sign(bytes: Uint8Array): string;
  /** Seals a secret for rest. The purpose is bound in: another purpose does not open it. */
  seal(bytes: Uint8Array, purpose: string): string;
  open(sealed: string, purpose: string): Result<Uint8Array, SealError>;
}

/** `keys` inside the data folder; nothing else may be kept there. */
export const keysFolderOf = (dataDir: string): string => join(dataDir, 'keys');

/**
 * Opens the installation's keys; the first start makes them. The data key is durable before anything is sealed with it.
 * @param randomBytes a cryptographic source
 */
export async function openKeys(options: {
  dataDir: string;
  keyStore: KeyStore;
  randomBytes: (count: number) => Uint8Array;
}): Promise<Result<TerminalKeys, KeysError>> {
  const folder = keysFolderOf(options.dataDir);
  const privateFolder = checkPrivateFolder(folder);
  if (!privateFolder.ok) return privateFolder;
  const dataKey = await openDataKey(folder, options);
  if (!dataKey.ok) return dataKey;
  const identity = openIdentity(folder, dataKey.value, options.randomBytes);
  if (!identity.ok) return identity;
  const privateKey = identity.value;
  return ok({
    publicKeySpkiBase64: publicKeyOf(privateKey),
    protection: options.keyStore.protection,
    sign: (bytes) => signEs256(privateKey, bytes),
    seal: (bytes, purpose) => seal(bytes, purpose, dataKey.value, options.randomBytes(12)),
    open: (sealed, purpose) => open(sealed, purpose, dataKey.value),
  });
}

async function openDataKey(
  folder: string,
  { keyStore, randomBytes }: { keyStore: KeyStore; randomBytes: (count: number) => Uint8Array },
): Promise<Result<Uint8Array, KeysError>> {
  const kept = await keyStore.load();
  if (!kept.ok) return kept;
  if (kept.value !== null) return ok(kept.value);
  const exists = identityExists(folder);
  if (!exists.ok) return exists;
  if (exists.value) return err({ type: 'DataKeyMissing' });
  const made = randomBytes(dataKeyBytes);
  const saved = await keyStore.save(made);
  return saved.ok ? ok(made) : saved;
}
