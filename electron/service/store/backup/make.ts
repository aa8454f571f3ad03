import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type StorageError, storageError } from '../errors.ts';
import { instanceKey } from '../instance.ts';
import { versionOf } from '../migrate.ts';
import { placeOf, positionOf } from '../position.ts';
import { type BackupFacts, writeBackupFile } from './backup-file.ts';
import { flushFolder, publishFile } from './files.ts';

export type BackupError =
  | StorageError
  /** Something has that name already; a backup never takes another one's place. */
  | { type: 'BackupExists'; file: string }
  /** `code` is the system's: no such folder, no right to write there, a stick that was pulled out. */
  | { type: 'BackupNotWritten'; file: string; code: string };

/**
 * Writes a consistent copy of the store at `path` into one new file of mode 0600, checksum and all; beside a running service or of
 * a stopped one. Keys are not in it: what they seal in the store stays sealed (invariant 20).
 */
export function makeBackup(
  path: string,
  file: string,
  clock: { wallMs(): number },
): Result<BackupFacts & { file: string }, BackupError> {
  if (existsSync(file)) return err({ type: 'BackupExists', file });
  const [database, unfinished] = [`${file}.db.new`, `${file}.new`];
  const sweep = () => {
    for (const name of [database, `${database}-journal`, unfinished]) rmSync(name, { force: true });
  };
  try {
    // What a backup that was killed left behind.
    sweep();
    const about = copyStore(path, database, clock.wallMs());
    writeBackupFile(unfinished, database, about);
    if (!publishFile(unfinished, file)) return err({ type: 'BackupExists', file });
    flushFolder(dirname(file));
    return ok({ ...about, file });
  } catch (thrown) {
    const storage = storageError(thrown, path);
    // What is full is the disk that the backup goes to: the store is only read.
    const refused = storage?.type === 'DiskFull' ? { ...storage, path: file } : (storage ?? notWritten(thrown, file));
    if (refused) return err(refused);
    throw thrown;
  } finally {
    sweep();
  }
}

function notWritten(thrown: unknown, file: string): BackupError | null {
  const code = (thrown as { code?: unknown } | null)?.code;
  const isSystems = typeof code === 'string' && /^E[A-Z0-9]+$|^SQLITE_(CANTOPEN|READONLY|IOERR|PERM)/.test(code);
  return isSystems ? { type: 'BackupNotWritten', file, code } : null;
}

/** One read of the whole store at one moment, written without what its free pages still hold (sqlite.org/lang_vacuum.html). */
function copyStore(path: string, to: string, madeAtMs: number): BackupFacts {
  // SQLite would make the file for everyone to read.
  closeSync(openSync(to, 'wx', 0o600));
  const source = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  try {
    source.prepare('vacuum into ?').run(to);
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
    // Whoever puts this copy in place by other means is noticed all the same.
    copy.prepare('delete from settings where key = ?').run(instanceKey);
    return { madeAtMs, storeVersion: versionOf(copy), ...aboutJournal(copy) };
  } finally {
    copy.close();
  }
}

/** What a store's journal comes to: read without trust, for the file may be anybody's. */
export function aboutJournal(db: Sqlite): Omit<BackupFacts, 'madeAtMs' | 'storeVersion'> {
  const last = db
    .prepare<[], { position: number; hash: string }>(
      'select position, hash from journal order by position desc limit 1',
    )
    .get();
  const counted = db
    .prepare<[], { entries: number | null; acknowledged: number | null }>(
      'select sum(entries) as entries, sum(acknowledged) as acknowledged from tallies',
    )
    .get();
  const head = last ? { ...placeOf(last.position), hash: last.hash } : null;
  const entries = counted?.entries ?? 0;
  const unsent = entries - (counted?.acknowledged ?? 0);
  return { entries, unsent, head, ...openerOf(db, head?.epoch ?? null) };
}

function openerOf(db: Sqlite, epoch: number | null): Pick<BackupFacts, 'terminal' | 'publicKey'> {
  if (epoch === null) return { terminal: null, publicKey: null };
  const opener = db
    .prepare<[number], Pick<BackupFacts, 'terminal' | 'publicKey'>>(
      `select iif(json_valid(entry), json_extract(entry, '$.terminal'), null) as terminal,
         iif(json_valid(entry), json_extract(entry, '$.body.publicKey'), null) as publicKey
       from journal where position = ?`,
    )
    .get(positionOf({ epoch, seq: 1 }));
  return opener ?? { terminal: null, publicKey: null };
}
