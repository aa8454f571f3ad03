import { existsSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database, { type Database as Sqlite } from 'better-sqlite3';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { JournalFault } from '#contract/till/index.ts';
import { type StorageError, storageError } from '../errors.ts';
import { disown } from '../instance.ts';
import { type DataFolderInUse, lockStore } from '../lock.ts';
import { migrate } from '../migrate.ts';
import { migrations } from '../migrations/index.ts';
import type { StoreTooNew } from '../open.ts';
import { verifyStore } from '../verify.ts';
import { type BackupFacts, type BackupUnreadable, extractBackup } from './backup-file.ts';
import { flushFolder, keepAside } from './files.ts';
import { aboutJournal } from './make.ts';

export type RestoreError =
  | StorageError
  | StoreTooNew
  | DataFolderInUse
  | BackupUnreadable
  /** `code` is the system's: no such file, no right to read or write. */
  | { type: 'BackupNotRead'; file: string; code: string }
  /** The keys of that till are not on this machine, and never in a backup: this machine is enrolled anew. */
  | { type: 'BackupOfAnotherTill'; file: string; terminal: string | null; unsent: number }
  /** What the backup's journal says of itself does not hold. */
  | { type: 'BackupFaulty'; file: string; faults: readonly JournalFault[] };

export type Restored = {
  /** The number that the new epoch will have at least. */
  epoch: number;
  entries: number;
  madeAtMs: number;
  /** Where the store that was there is now; null when there was none. */
  setAside: string | null;
  /** How many of its entries the server had not acknowledged, as far as it can be read: only that file has them now. */
  setAsideUnsent: number;
};

export type RestoreOptions = {
  /** The store's own path. */
  path: string;
  file: string;
  pid: number;
  /** Public key of the keys on this machine, SPKI in base64; null when there are none. */
  publicKey: string | null;
  clock: { wallMs(): number };
};

/**
 * Puts a backup in the place of the store of a stopped service. All of it is read and verified first; the store that was there is
 * kept under another name. The service opens a new epoch at its next start, for only it has the key.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Result<Restored, RestoreError>> {
  const { path, file, pid } = options;
  try {
    const locked = lockStore(path, pid);
    if (!locked.ok) return locked;
    try {
      return await restoreLocked(options);
    } finally {
      locked.value.release();
    }
  } catch (thrown) {
    const code = (thrown as { code?: unknown } | null)?.code;
    const refused = storageError(thrown, path);
    if (refused) return err(refused);
    if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) return err({ type: 'BackupNotRead', file, code });
    throw thrown;
  }
}

async function restoreLocked(options: RestoreOptions): Promise<Result<Restored, RestoreError>> {
  const { path, clock } = options;
  const fresh = `${path}.restoring`;
  const sweep = () => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${fresh}${end}`, { force: true });
  };
  sweep();
  try {
    const checked = await checkedCopy(options, fresh);
    if (!checked.ok) return checked;
    const { madeAtMs, entries, head } = checked.value;
    const before = furthest(path);
    const used = disown(path, before);
    const setAside = existsSync(path) ? putAside(path, clock.wallMs()) : null;
    renameSync(fresh, path);
    flushFolder(dirname(path));
    const epoch = Math.max(used.usedEpoch, head?.epoch ?? 0) + 1;
    return ok({ epoch, entries, madeAtMs, setAside, setAsideUnsent: before.unsent });
  } finally {
    sweep();
  }
}

async function checkedCopy(
  { file, publicKey, path }: RestoreOptions,
  fresh: string,
): Promise<Result<BackupFacts, RestoreError>> {
  const extracted = extractBackup(file, fresh);
  if (!extracted.ok) return extracted;
  const about = extracted.value;
  const known = migrations.at(-1)?.version ?? 0;
  if (about.storeVersion > known) return err({ type: 'StoreTooNew', path: file, found: about.storeVersion, known });
  if (about.publicKey !== null && about.publicKey !== publicKey) {
    return err({ type: 'BackupOfAnotherTill', file, terminal: about.terminal, unsent: about.unsent });
  }
  // A copy of our own: an older program's backup is verified as the store that it becomes.
  if (about.storeVersion < known) modernise(fresh);
  const report = await verifyStore(fresh);
  if (!report.ok) return err({ ...report.error, path });
  return report.value.faults.length > 0 ? err({ type: 'BackupFaulty', file, faults: report.value.faults }) : ok(about);
}

function modernise(fresh: string): void {
  const db = new Database(fresh);
  try {
    migrate(db, migrations);
  } finally {
    db.close();
  }
}

/** How far the store came that is about to be replaced; nothing where it can no longer be read, which is why one restores. */
function furthest(path: string): { usedEpoch: number; lastZ: number; unsent: number } {
  const nothing = { usedEpoch: 0, lastZ: 0, unsent: 0 };
  if (!existsSync(path)) return nothing;
  try {
    // Looked at first through a connection that cannot write: SQLite would throw the log of a ruined store away.
    const looked = new Database(path, { readonly: true, timeout: 5_000 });
    const { head, unsent } = aboutJournal(looked);
    const found = { usedEpoch: head?.epoch ?? 0, lastZ: lastZIn(looked), unsent };
    looked.close();
    // The last connection moves the log into the database: then the store is one file.
    new Database(path, { timeout: 5_000 }).exec('select 1 from journal limit 1').close();
    return found;
  } catch (thrown) {
    if ((thrown as { code?: unknown } | null)?.code === undefined) throw thrown;
    return nothing;
  }
}

const lastZIn = (db: Sqlite): number =>
  db
    .prepare<[], number | null>(
      `select max(json_extract(entry, '$.body.number')) from journal where kind = 'day.closed' and json_valid(entry)`,
    )
    .pluck()
    .get() ?? 0;

/** Never deletes: the store and what its log still holds get a second name before the first one goes. */
function putAside(path: string, nowMs: number): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:.]/g, '');
  const name = `${path}.before-${stamp}`;
  for (const end of ['', '-wal']) if (existsSync(`${path}${end}`)) keepAside(`${path}${end}`, `${name}${end}`);
  flushFolder(dirname(path));
  // A log of the old store must not be played into the new one.
  for (const end of ['-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
  return name;
}
