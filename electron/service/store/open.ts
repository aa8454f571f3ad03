import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { JournalFault } from '#contract/till/index.ts';
import { type CountersignedHeads, countersignedHeads } from './countersigned.ts';
import { attempt, type StorageError } from './errors.ts';
import { type FeedStore, feedStore } from './feed.ts';
import { createJournal, type Journal, type JournalIdentity } from './journal.ts';
import { type DataFolderInUse, lockStore, type StoreLock } from './lock.ts';
import { migrate, versionOf } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { type PinTries, pinTries } from './pin-tries.ts';
import { type JournalReader, openReader } from './reader.ts';
import { type Settings, settingsStore } from './settings.ts';
import { verifyTail } from './verify.ts';
import { createWriter, type Writer } from './writer.ts';

/** The store was written by a newer program: this one would damage it. */
export type StoreTooNew = { type: 'StoreTooNew'; path: string; found: number; known: number };
export type OpenError = StorageError | StoreTooNew | DataFolderInUse;

export type OpenOptions = {
  /** The database file. Its folder exists and is this user's alone. */
  path: string;
  /** Named to whoever finds the store in use. */
  pid: number;
  migrations?: readonly Migration[];
};

/** The one store of a till: the journal and its projections, and beside it what is not a fact. */
export interface Store extends CountersignedHeads {
  readonly path: string;
  readonly reader: JournalReader;
  readonly settings: Settings;
  readonly feed: FeedStore;
  readonly tries: PinTries;
  /** What is wrong with the last entries, looked at when the store was opened. Selling goes on; a person must know. */
  readonly startFaults: readonly JournalFault[];
  /** The journal as written by one terminal. Made once the terminal has an identity. */
  journal(identity: JournalIdentity): Journal;
  /** Moves the log into the database and lets go of the lock. */
  close(): void;
}

/** Marks the file as ours: "COMP" (sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x434f4d50;
/** Up to this size the whole structure is checked at each start; above, `verify` does it, so that starting stays quick. */
const quickCheckBytes = 8 * 1024 * 1024;

/** Opens a store, makes it where there is none, brings its schema up to date. What is damaged is left as found. */
export function openStore(options: OpenOptions): Result<Store, OpenError> {
  const { path, pid, migrations = allMigrations } = options;
  return attempt<Store, OpenError>(path, () => {
    const locked = lockStore(path, pid);
    if (!locked.ok) return locked;
    try {
      const checked = inspect(path, migrations);
      const opened = checked.ok ? ok(assemble(path, locked.value, migrations)) : checked;
      if (!opened.ok) locked.value.release();
      return opened;
    } catch (thrown) {
      locked.value.release();
      throw thrown;
    }
  });
}

/** Looks at an existing file through a read-only connection, which cannot change it, before anything is written. */
function inspect(path: string, steps: readonly Migration[]): Result<void, OpenError> {
  if (!existsSync(path)) {
    closeSync(openSync(path, 'ax', 0o600));
    return ok(undefined);
  }
  finishRollback(path);
  if (statSync(path).size === 0) return ok(undefined);
  const db = new Database(path, { readonly: true });
  try {
    const found = versionOf(db);
    const known = steps.at(-1)?.version ?? 0;
    if (db.pragma('application_id', { simple: true }) !== applicationId) {
      return err({ type: 'StoreCorrupt', path, code: 'NOT_A_STORE' });
    }
    if (found > known) return err({ type: 'StoreTooNew', path, found, known });
    if (statSync(path).size <= quickCheckBytes && db.pragma('quick_check(1)', { simple: true }) !== 'ok') {
      return err({ type: 'StoreCorrupt', path, code: 'QUICK_CHECK' });
    }
    return ok(undefined);
  } finally {
    db.close();
  }
}

/** A power cut while the store was being made leaves SQLite's undo file; only a connection that may write can use it. */
function finishRollback(path: string): void {
  if (!existsSync(`${path}-journal`)) return;
  const db = new Database(path);
  try {
    versionOf(db);
  } finally {
    db.close();
  }
}

function assemble(path: string, lock: StoreLock, steps: readonly Migration[]): Store {
  const db = new Database(path, { timeout: 5_000 });
  let reader: JournalReader | null = null;
  try {
    configure(db);
    migrate(db, steps);
    proveDurable(db);
    const writer = createWriter(path, db);
    reader = openReader(path);
    return storeOf(writer, reader, lock);
  } catch (thrown) {
    reader?.close();
    db.close();
    throw thrown;
  }
}

function configure(db: Sqlite): void {
  if (versionOf(db) === 0) db.pragma(`application_id = ${applicationId}`);
  if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal') throw new Error('no write-ahead log on this disk');
  db.pragma('synchronous = FULL');
  // macOS: fsync alone leaves data in the drive's cache (sqlite.org/pragma.html#pragma_fullfsync). No effect elsewhere.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
}

/** Read back after a write, not before: built with a default for WAL, SQLite may lower the setting at the first transaction. */
function proveDurable(db: Sqlite): void {
  const write = db.transaction(() =>
    db.exec('insert into starts (id, count) values (1, 1) on conflict (id) do update set count = count + 1'),
  );
  write.immediate();
  const full = 2;
  if (db.pragma('synchronous', { simple: true }) !== full) throw new Error('synchronous=FULL did not hold');
}

function storeOf(writer: Writer, reader: JournalReader, lock: StoreLock): Store {
  return {
    path: writer.path,
    reader,
    settings: settingsStore(writer),
    feed: feedStore(writer),
    tries: pinTries(writer),
    startFaults: verifyTail(writer.db),
    ...countersignedHeads(writer),
    journal: (identity) => createJournal(writer, identity),
    close() {
      reader.close();
      writer.db.close();
      lock.release();
    },
  };
}
