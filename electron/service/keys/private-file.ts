import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { KeysError } from './errors.ts';

const maxBytes = 16 * 1024;
const ownerOnlyFile = 0o600;
const ownerOnlyFolder = 0o700;
/** Windows has no such bits: there the user's profile folder is what protects. */
const hasModes = process.platform !== 'win32';

/**
 * Reads a small file that only its owner may read.
 * @returns its bytes, or null when it does not exist
 */
export function readPrivateFile(folder: string, file: string): Result<Uint8Array | null, KeysError> {
  let descriptor: number;
  try {
    // A symbolic link could lead to a file somebody else controls.
    descriptor = openSync(join(folder, file), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? ok(null) : err({ type: 'KeyFileUnreadable', file, code });
  }
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile() || found.size > maxBytes) return err({ type: 'KeyFileMalformed', file });
    if (hasModes && (found.mode & 0o077) !== 0) {
      return err({ type: 'KeyFileTooOpen', file, mode: (found.mode & 0o777).toString(8) });
    }
    return ok(new Uint8Array(readFileSync(descriptor)));
  } catch (error) {
    return err({ type: 'KeyFileUnreadable', file, code: codeOf(error) });
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Writes a file that is there whole or not at all, also after a power cut: write beside it, flush, rename, flush the folder.
 * The folder is made if needed, for its owner alone.
 */
export function writePrivateFile(folder: string, file: string, bytes: Uint8Array): Result<void, KeysError> {
  const beside = join(folder, `${file}.new`);
  try {
    mkdirSync(folder, { recursive: true, mode: ownerOnlyFolder });
    rmSync(beside, { force: true });
    const descriptor = openSync(beside, 'wx', ownerOnlyFile);
    try {
      // The process's umask may have taken bits away from the owner too.
      if (hasModes) fchmodSync(descriptor, ownerOnlyFile);
      let written = 0;
      while (written < bytes.length) written += writeSync(descriptor, bytes, written);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(beside, join(folder, file));
    flushFolder(folder);
    flushFolder(dirname(folder));
    return ok(undefined);
  } catch (error) {
    rmSync(beside, { force: true });
    return err({ type: 'KeyFileUnwritable', file, code: codeOf(error) });
  }
}

/** Is the keys folder its owner's alone? A folder that is not there yet is. */
export function checkPrivateFolder(folder: string): Result<void, KeysError> {
  try {
    const { mode } = statSync(folder);
    if (hasModes && (mode & 0o077) !== 0) {
      return err({ type: 'KeyFileTooOpen', file: '.', mode: (mode & 0o777).toString(8) });
    }
    return ok(undefined);
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? ok(undefined) : err({ type: 'KeyFileUnreadable', file: '.', code });
  }
}

/** Makes a rename in the folder durable. Windows opens no folder and needs none of it. */
function flushFolder(folder: string): void {
  if (!hasModes) return;
  const descriptor = openSync(folder, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
