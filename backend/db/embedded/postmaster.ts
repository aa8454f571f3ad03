import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a running PostgreSQL writes into its data folder (PostgreSQL documentation, "Database File Layout"). */
export type Postmaster = { pid: number; port: number; socketFolder: string; host: string };

/** The process that holds this data folder, or null when none lives. A pid may belong to a stranger: ask it before believing. */
export async function runningPostmaster(dataFolder: string): Promise<Postmaster | null> {
  const text = await readFile(join(dataFolder, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const [pid, , , port, socketFolder, host] = text.split('\n').map((line) => line.trim());
  if (!pid || !isAlive(Number(pid))) return null;
  return { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '', host: host ?? '' };
}

/** Does a process of this id exist? One we may not signal exists too. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}
