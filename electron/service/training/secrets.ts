import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';

const Secret = z.string().regex(/^[0-9a-f]{32}$/);

/** What makes a training till one of its own: its names, and the keys of its simulated cards. They open nothing real. */
const TrainingSecrets = z.object({
  terminal: Uuid,
  tenant: Uuid,
  shop: Uuid,
  network: z.object({ piccMasterKey: Secret, defaultMasterKey: Secret, networkMasterKey: Secret }),
  keys: z.tuple([Secret, Secret, Secret, Secret]),
});
export type TrainingSecrets = z.infer<typeof TrainingSecrets>;

/** Reads them from the training folder, or makes them at the first training, readable by their owner alone. */
export function trainingSecrets(
  folder: string,
  uuid: () => string,
  randomBytes: (length: number) => Uint8Array,
): TrainingSecrets {
  const path = join(folder, 'training.json');
  const kept = readKept(path);
  if (kept) return kept;
  const secret = () => Buffer.from(randomBytes(16)).toString('hex');
  const made: TrainingSecrets = {
    terminal: uuid(),
    tenant: uuid(),
    shop: uuid(),
    network: { piccMasterKey: secret(), defaultMasterKey: secret(), networkMasterKey: secret() },
    keys: [secret(), secret(), secret(), secret()],
  };
  writeFileSync(`${path}.new`, JSON.stringify(made), { mode: 0o600, flush: true });
  renameSync(`${path}.new`, path);
  return made;
}

function readKept(path: string): TrainingSecrets | null {
  try {
    return TrainingSecrets.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}
