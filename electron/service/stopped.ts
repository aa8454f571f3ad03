import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileKeyStore, identityPublicKey, keysFolderOf, openKeys } from './keys/index.ts';
import { settingsReader } from './store/index.ts';
import { loadEnrolment } from './sync/index.ts';
import { enrolmentIn } from './sync-store.ts';

/**
 * The server's public key, out of the sealed enrolment of an installation whose service is stopped. Only where the data key lies in
 * a file: the operating system's key store opens for the app alone. Null where it is not to be had; nothing is made or changed.
 */
export async function serverKeyOfStopped(dataDir: string, storePath: string): Promise<string | null> {
  const folder = keysFolderOf(dataDir);
  if (!existsSync(join(folder, 'data.key')) || identityPublicKey(folder) === null) return null;
  const randomBytes = (): never => {
    throw new Error('an installation that only looks makes no keys');
  };
  const keys = await openKeys({ dataDir, keyStore: fileKeyStore(folder), randomBytes });
  if (!keys.ok) return null;
  const settings = settingsReader(storePath);
  try {
    const kept = loadEnrolment(keys.value, enrolmentIn(settings));
    return kept.ok ? (kept.value?.enrolment.serverPublicKey ?? null) : null;
  } finally {
    settings.close();
  }
}
