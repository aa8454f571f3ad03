import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { err, ok, type Result } from '#contract/result/index.ts';

/** Another running service holds this store. `pid` is what it wrote about itself; null when it has not yet. */
export type DataFolderInUse = { type: 'DataFolderInUse'; path: string; pid: number | null };

export interface StoreLock {
  release(): void;
}

/**
 * One service per store. The lock is SQLite's own lock on an empty file beside it: the one advisory lock Node has on every platform
 * without a native part, and the system lets go of it when the process ends, however it ends.
 * Nothing else may open `<path>.lock`: on POSIX, closing any descriptor of a file drops the process's locks on it.
 */
export function lockStore(path: string, pid: number): Result<StoreLock, DataFolderInUse> {
  const db = new Database(`${path}.lock`, { timeout: 0 });
  try {
    db.exec('begin exclusive');
  } catch (thrown) {
    db.close();
    if ((thrown as { code?: string }).code !== 'SQLITE_BUSY') throw thrown;
    return err({ type: 'DataFolderInUse', path, pid: readPid(path) });
  }
  try {
    writeFileSync(`${path}.pid`, `${pid}\n`, { mode: 0o600 });
  } catch (thrown) {
    // The number is for people; a full disk must not keep the lock from being held.
    if ((thrown as { code?: string }).code !== 'ENOSPC') throw thrown;
  }
  return ok({ release: () => void db.close() });
}

function readPid(path: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(`${path}.pid`, 'utf8'), 10);
    return Number.isSafeInteger(pid) ? pid : null;
  } catch {
    return null;
  }
}
