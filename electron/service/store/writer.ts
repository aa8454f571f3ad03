import type { Database as Sqlite, Statement } from 'better-sqlite3';
import type { Result } from '#contract/result/index.ts';
import { attempt, type StorageError } from './errors.ts';

/** The one connection that writes. Readers get a connection of their own, opened read-only. */
export interface Writer {
  readonly path: string;
  readonly db: Sqlite;
  /**
   * One durable transaction (BEGIN IMMEDIATE, synchronous=FULL): when it returns `ok`, it survives a power cut.
   * It rolls back when `work` returns an error or throws.
   */
  transact<T, E>(work: () => Result<T, E>): Result<T, E | StorageError>;
}

export function createWriter(path: string, db: Sqlite): Writer {
  const begin = db.prepare('begin immediate');
  const commit = db.prepare('commit');
  const rollback = db.prepare('rollback');
  return {
    path,
    db,
    transact: (work) => attempt(path, () => inTransaction(db, begin, commit, rollback, work)),
  };
}

function inTransaction<T, E>(
  db: Sqlite,
  begin: Statement,
  commit: Statement,
  rollback: Statement,
  work: () => Result<T, E>,
): Result<T, E> {
  begin.run();
  try {
    const result = work();
    if (result.ok) commit.run();
    return result;
  } finally {
    // A full disk makes SQLite roll back by itself; then there is nothing left to undo.
    if (db.inTransaction) rollback.run();
  }
}
