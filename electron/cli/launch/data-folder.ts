import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { type TillError, tillError } from '#contract/till/errors.ts';

/** System codes (errno(3)) that say a folder cannot be made or written, whoever asks again. */
const unusable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG']);
const full = new Set(['ENOSPC', 'EDQUOT']);
const neededBytes = 1024 * 1024;

/** Makes the data folder, this user's alone, and looks whether it can be written. Null: it can. */
export function prepareDataFolder(folder: string): TillError | null {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return isFull(folder) ? tillError('DiskFull') : null;
  } catch (thrown) {
    const refusal = diskRefusal(thrown, folder);
    if (refusal) return refusal;
    throw thrown;
  }
}

/** What a system error on the data folder means to a person; null where it is none. */
export function diskRefusal(thrown: unknown, folder: string): TillError | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  if (full.has(code)) return tillError('DiskFull');
  return unusable.has(code) ? tillError('DataFolderUnusable', { folder, code }) : null;
}

/** Too full to start anything on. */
export function isFull(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize < neededBytes;
}
