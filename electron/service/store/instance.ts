import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Settings } from './settings.ts';

/** What `settings` of the store holds under this key: the token of its last start. */
export const instanceKey = 'instance';
const file = 'instance.json';

const Witness = z.strictObject({
  v: z.literal(1),
  /** Tokens of the store that ran here last: one, or two while it changes. */
  tokens: z.array(z.string().max(100)).max(4),
  /** No epoch up to this one may be opened again. */
  epoch: z.int().nonnegative(),
  /** The number of the last Z that is known to be printed. */
  lastZ: z.int().nonnegative(),
});
type Witness = z.infer<typeof Witness>;

/** What lies beside a store, and does not go back when the store does. */
export type Standing = {
  /** This store is not the one that ran here last: an older copy was put in its place. */
  restored: boolean;
  /** The highest epoch ever opened here, as far as is known; 0 for none. */
  usedEpoch: number;
  lastZ: number;
};

const pathIn = (folder: string) => join(folder, file);

function readWitness(folder: string): Witness | null {
  try {
    return Witness.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** There whole or not at all, readable by its owner alone. Throws the system's errors. */
function writeWitness(folder: string, witness: Witness): void {
  const beside = `${pathIn(folder)}.new`;
  rmSync(beside, { force: true });
  const descriptor = openSync(beside, 'wx', 0o600);
  try {
    writeFileSync(descriptor, JSON.stringify(witness));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(beside, pathIn(folder));
}

/** Compares the store with what lies beside it. A missing or unreadable witness of a store that has run is a mismatch too. */
export function standingOf(path: string, settings: Pick<Settings, 'get'>): Standing {
  const witness = readWitness(dirname(path));
  const inside = settings.get(instanceKey);
  const neverRan = witness === null && inside === undefined;
  const same = typeof inside === 'string' && witness !== null && witness.tokens.includes(inside);
  return { restored: !neverRan && !same, usedEpoch: witness?.epoch ?? 0, lastZ: witness?.lastZ ?? 0 };
}

/**
 * Takes this store for the one that runs here, under a new token. At every moment in between the store is known by its old token
 * or by its new one. Where the disk refuses, the old token stands: the till starts all the same.
 */
export function takeUp(
  path: string,
  settings: Settings,
  { usedEpoch, lastZ, token }: Omit<Standing, 'restored'> & { token: string },
): boolean {
  const folder = dirname(path);
  const inside = settings.get(instanceKey);
  const before = typeof inside === 'string' ? [inside] : [];
  try {
    writeWitness(folder, { v: 1, tokens: [...before, token], epoch: usedEpoch, lastZ });
    if (!settings.set(instanceKey, token).ok) return false;
    writeWitness(folder, { v: 1, tokens: [token], epoch: usedEpoch, lastZ });
    return true;
  } catch (thrown) {
    if (typeof (thrown as { code?: unknown } | null)?.code !== 'string') throw thrown;
    return false;
  }
}

/** From now on no store that lies here, or is put here, is the one that ran last. What was used stays known. Throws the system's errors. */
export function disown(
  path: string,
  known: Pick<Standing, 'usedEpoch' | 'lastZ'>,
): Pick<Standing, 'usedEpoch' | 'lastZ'> {
  const folder = dirname(path);
  const witness = readWitness(folder);
  const usedEpoch = Math.max(known.usedEpoch, witness?.epoch ?? 0);
  const lastZ = Math.max(known.lastZ, witness?.lastZ ?? 0);
  writeWitness(folder, { v: 1, tokens: [], epoch: usedEpoch, lastZ });
  return { usedEpoch, lastZ };
}
