import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, newTillStore, openingDraft, saleDraft, type TillStore } from '#test/harness/till-store.ts';
import { lockStore } from '../lock.ts';
import type { Store } from '../open.ts';
import { verifyStore } from '../verify.ts';
import { headerOf } from './backup-file.ts';
import { makeBackup } from './make.ts';
import { type RestoreOptions, restoreBackup } from './restore.ts';

const clock = { wallMs: () => Date.UTC(2026, 10, 21, 8) };
let till: TillStore;
let store: Store | null;
let file: string;
beforeEach(() => {
  till = newTillStore();
  store = till.open();
  must(till.journal(store).append([openingDraft(till), saleDraft(), saleDraft()]));
  file = join(till.folder, 'monday.backup');
});
afterEach(() => {
  stop();
  till.remove();
});

function stop(): void {
  store?.close();
  store = null;
}
const sellMore = () => must(till.journal(store!).append([saleDraft(), saleDraft()]));
const backup = () => makeBackup(till.path, file, clock);
const restore = (options: Partial<RestoreOptions> = {}) =>
  restoreBackup({ path: till.path, file, pid: process.pid, publicKey: till.publicKey, clock, ...options });
/** The folder's files but those of the store itself. */
const others = () => readdirSync(till.folder).filter((name) => !name.startsWith('store.db'));

describe('a backup', () => {
  it('[T27] is one file, its owner’s alone, made beside a running service, and says what is in it', () => {
    const made = backup();
    const head = store!.reader.head();
    expect(made).toMatchObject({
      ok: true,
      value: { entries: 3, unsent: 3, head, terminal: till.terminal, publicKey: till.publicKey, file },
    });
    expect(others()).toEqual(['monday.backup']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(headerOf(file)).toMatchObject({ ok: true, value: { entries: 3, head } });
    sellMore();
    expect(store!.reader.total()).toBe(5);
  });

  it('[T27] never takes another file’s place, nor leaves half a file where it cannot be written', () => {
    writeFileSync(file, 'holiday pictures');
    expect(backup()).toEqual({ ok: false, error: { type: 'BackupExists', file } });
    expect(readFileSync(file, 'utf8')).toBe('holiday pictures');
    const nowhere = join(till.folder, 'no-such-folder', 'x.backup');
    expect(makeBackup(till.path, nowhere, clock)).toEqual({
      ok: false,
      error: { type: 'BackupNotWritten', file: nowhere, code: 'ENOENT' },
    });
    expect(others()).toEqual(['monday.backup']);
  });

  it('[T27] made again after one that was killed half-way, sweeps up what that one left', () => {
    writeFileSync(`${file}.new`, 'half');
    writeFileSync(`${file}.db.new`, 'half');
    expect(backup().ok).toBe(true);
    expect(others()).toEqual(['monday.backup']);
  });
});

describe('a restore', () => {
  it('[T27] [T37] puts the backup in place, whole and verified, keeps the store that was there, and names a new epoch', async () => {
    must(backup());
    const before = store!.reader.head();
    sellMore();
    const later = store!.reader.head();
    stop();
    const restored = must(await restore());
    expect(restored).toMatchObject({ epoch: 2, entries: 3, setAsideUnsent: 5 });
    expect(existsSync(restored.setAside!)).toBe(true);
    store = till.open();
    expect(store.reader.head()).toEqual(before);
    stop();
    // What was set aside is a whole store, still.
    const aside = join(till.folder, 'aside');
    mkdirSync(aside);
    copyFileSync(restored.setAside!, join(aside, 'store.db'));
    expect(await verifyStore(join(aside, 'store.db'))).toMatchObject({
      ok: true,
      value: { entries: 5, head: later, faults: [] },
    });
    expect(readdirSync(till.folder).filter((name) => name.includes('restoring'))).toEqual([]);
  });

  it('[T27] where the store is gone or ruined, which is why one restores', async () => {
    must(backup());
    stop();
    for (const end of ['', '-wal', '-shm']) rmSync(`${till.path}${end}`, { force: true });
    expect(must(await restore())).toMatchObject({ epoch: 2, entries: 3, setAside: null });
    writeFileSync(till.path, 'scrambled');
    writeFileSync(`${till.path}-wal`, 'its log');
    const { setAside } = must(await restore());
    expect(readFileSync(setAside!, 'utf8')).toBe('scrambled');
    expect(readFileSync(`${setAside}-wal`, 'utf8')).toBe('its log');
    store = till.open();
    expect(store.startFaults).toEqual([]);
    expect(store.reader.total()).toBe(3);
  });

  it('[T27] is refused while a service runs on the folder', async () => {
    must(backup());
    stop();
    // As another process holds it: one process may open the lock's file once.
    const held = must(lockStore(till.path, 4242));
    const refused = await restore();
    held.release();
    expect(refused).toEqual({ ok: false, error: { type: 'DataFolderInUse', path: till.path, pid: 4242 } });
  });

  it('[T26] [T27] of another till is refused, for its keys are not here', async () => {
    must(backup());
    stop();
    const error = { type: 'BackupOfAnotherTill', file, terminal: till.terminal, unsent: 3 };
    expect(await restore({ publicKey: null })).toEqual({ ok: false, error });
    expect(await restore({ publicKey: 'another' })).toEqual({ ok: false, error });
  });

  it.each([
    ['a changed byte', (bytes: Buffer) => bytes.fill(bytes[9000]! ^ 1, 9000, 9001), 'checksum'],
    [
      'a changed header',
      (bytes: Buffer) => Buffer.from(bytes.toString('latin1').replace('"entries":3', '"entries":4'), 'latin1'),
      'checksum',
    ],
    ['a cut end', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5000), 'short'],
    ['a cut header', (bytes: Buffer) => bytes.subarray(0, 100), 'short'],
    ['another file', () => Buffer.from('holiday pictures'), 'format'],
  ])('[T27] of %s is refused, and changes nothing', async (_what, spoil, why) => {
    must(backup());
    writeFileSync(file, spoil(readFileSync(file)));
    stop();
    const before = readFileSync(till.path);
    expect(await restore()).toEqual({ ok: false, error: { type: 'BackupUnreadable', file, why } });
    expect(readFileSync(till.path)).toEqual(before);
    expect(await restore({ file: `${file}.gone` })).toMatchObject({
      error: { type: 'BackupNotRead', code: 'ENOENT' },
    });
  });
});
