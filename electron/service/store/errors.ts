import Database from 'better-sqlite3';
import { err, type Result } from '#contract/result/index.ts';

/** The disk would not take it. Nothing was written; the same call works once there is room. `code` is SQLite's. */
export type DiskFull = { type: 'DiskFull'; path: string; code: string };
/** The file is not a sound database. It is left as found. */
export type StoreCorrupt = { type: 'StoreCorrupt'; path: string; code: string };
export type StorageError = DiskFull | StoreCorrupt;

/**
 * SQLite result codes (sqlite.org/rescode.html) that a healthy program must expect. Everything else is a defect and is thrown on.
 * ENOSPC reaches us as FULL from a write, and as one of the IOERR family from a sync, a truncation or the shared-memory file.
 */
const storageErrors: Readonly<Record<string, StorageError['type']>> = {
  SQLITE_FULL: 'DiskFull',
  SQLITE_IOERR_WRITE: 'DiskFull',
  SQLITE_IOERR_FSYNC: 'DiskFull',
  SQLITE_IOERR_DIR_FSYNC: 'DiskFull',
  SQLITE_IOERR_TRUNCATE: 'DiskFull',
  SQLITE_IOERR_SHMOPEN: 'DiskFull',
  SQLITE_IOERR_SHMSIZE: 'DiskFull',
  SQLITE_IOERR_SHMMAP: 'DiskFull',
  SQLITE_CORRUPT: 'StoreCorrupt',
  SQLITE_CORRUPT_INDEX: 'StoreCorrupt',
  SQLITE_CORRUPT_SEQUENCE: 'StoreCorrupt',
  SQLITE_CORRUPT_VTAB: 'StoreCorrupt',
  SQLITE_NOTADB: 'StoreCorrupt',
  SQLITE_IOERR_SHORT_READ: 'StoreCorrupt',
};

/** The typed failure behind something thrown, or null when it is a defect. System errors of Node count too (`ENOSPC`). */
export function storageError(thrown: unknown, path: string): StorageError | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return { type: 'DiskFull', path, code };
  if (!(thrown instanceof Database.SqliteError)) return null;
  const type = storageErrors[code];
  return type ? { type, path, code } : null;
}

/** Runs `work`; a storage failure becomes a value, a defect goes on being thrown. */
export function attempt<T, E>(path: string, work: () => Result<T, E>): Result<T, E | StorageError> {
  try {
    return work();
  } catch (thrown) {
    const error = storageError(thrown, path);
    if (error) return err(error);
    throw thrown;
  }
}
