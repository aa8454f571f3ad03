import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { makePrivateKey, publicKeyOf, readPrivateKey, signEs256 } from '../keys/es256.ts';

const Secret = z.string().regex(/^[0-9a-f]{32}$/);

/** What makes a training till one of its own: its names, and the keys of its simulated cards. They open nothing real. */
const TrainingSecrets = z.object({
  terminal: Uuid,
  tenant: Uuid,
  shop: Uuid,
  network: z.object({ piccMasterKey: Secret, defaultMasterKey: Secret, networkMasterKey: Secret }),
  keys: z.tuple([Secret, Secret, Secret, Secret]),
  /** Of the stand-in for the server: PKCS#8, base64. */
  serverKey: z.base64(),
});
export type TrainingSecrets = z.infer<typeof TrainingSecrets>;

/** Where the training till of an installation lives. */
export const trainingFolderOf = (dataDir: string): string => join(dataDir, 'training');

/** The countersigning key of the stand-in: as a server's, but no server has it. */
export function standInKey({ serverKey }: Pick<TrainingSecrets, 'serverKey'>) {
  const key = readPrivateKey(Buffer.from(serverKey, 'base64'));
  if (!key) throw new Error('the training folder holds no key');
  return { publicKey: publicKeyOf(key), sign: (bytes: Uint8Array) => signEs256(key, bytes) };
}

/** Reads them from the training folder, or makes them at the first training, readable by their owner alone. */
export function trainingSecrets(
  folder: string,
  uuid: () => string,
  randomBytes: (length: number) => Uint8Array,
): TrainingSecrets {
  const path = join(folder, 'training.json');
  const kept = readKept(path);
  const serverKey = kept?.serverKey ?? Buffer.from(makePrivateKey(randomBytes)).toString('base64');
  if (kept?.serverKey) return { ...kept, serverKey };
  const secret = () => Buffer.from(randomBytes(16)).toString('hex');
  const made: TrainingSecrets = {
    terminal: uuid(),
    tenant: uuid(),
    shop: uuid(),
    network: { piccMasterKey: secret(), defaultMasterKey: secret(), networkMasterKey: secret() },
    keys: [secret(), secret(), secret(), secret()],
    ...kept,
    serverKey,
  };
  writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return made;
}

/** Those of an earlier version have no server. */
const Kept = TrainingSecrets.partial({ serverKey: true });

function readKept(path: string): z.infer<typeof Kept> | null {
  try {
    return Kept.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
