import { readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { must, newTillStore, openingDraft, saleDraft, type TillStore } from '#test/harness/till-store.ts';
import { openStore, type Store } from './index.ts';
import { migrations } from './migrations/index.ts';

let till: TillStore;
let store: Store;

beforeEach(() => {
  till = newTillStore();
  store = till.open();
});
afterEach(() => {
  store.close();
  till.remove();
});

const other = <T>(work: (db: InstanceType<typeof Database>) => T): T => {
  const db = new Database(till.path);
  try {
    return work(db);
  } finally {
    db.close();
  }
};

it.each([
  "update journal set entry = '{}' where position > 0",
  "update journal set hash = 'x'",
  'delete from journal',
  "insert or replace into journal (position, intention, kind, acts, hash, signature, entry) select position, intention, kind, acts, hash, signature, '{}' from journal",
  "insert or replace into journal (position, intention, kind, acts, hash, signature, entry) select position + 9, intention, kind, 1, hash, signature, '{}' from journal",
  "insert into journal (position, intention, kind, acts, hash, signature, entry) values (1, 'i', 'k', 0, 'h', 's', '{}')",
])('[T37] stops any client that would change the journal: %s (invariant 11)', (statement) => {
  must(till.journal(store).append([openingDraft(till), saleDraft()]));
  const before = store.reader.entriesAfter(null, 10);
  expect(() => other((db) => db.exec(statement))).toThrow(/journal/);
  expect(store.reader.entriesAfter(null, 10)).toEqual(before);
});

it('takes countersigned heads forward only, and empties the outbox up to them (invariant 14)', () => {
  const entries = must(till.journal(store).append([openingDraft(till), saleDraft(), saleDraft()]));
  const signed = (seq: number, hash = entries[seq - 1]?.hash ?? 'f'.repeat(64), terminal = till.terminal) =>
    store.acknowledge({ terminal, head: { epoch: 1, seq, hash }, atMs: 5, signature: 's' });

  expect(store.reader.unsent()).toEqual({
    count: 3,
    oldestMs: Date.parse(entries[0]!.entry.wallTime),
    byKind: { 'loyalty.sale': 2, 'terminal.opened': 1 },
  });
  expect(signed(2)).toEqual({ ok: true, value: { acknowledged: 2 } });
  expect(signed(2)).toEqual({ ok: true, value: { acknowledged: 0 } });
  expect(signed(1)).toMatchObject({ error: { type: 'HeadWentBack', held: { epoch: 1, seq: 2 } } });
  expect(signed(4)).toMatchObject({ error: { type: 'HeadAhead', offered: { epoch: 1, seq: 4 } } });
  expect(signed(3, entries[1]!.hash)).toMatchObject({ error: { type: 'HeadDiffers' } });
  expect(signed(3, entries[2]!.hash, 'another')).toMatchObject({ error: { type: 'HeadDiffers' } });
  expect(store.reader.acknowledged()).toMatchObject({ head: { seq: 2 }, terminal: till.terminal });
  expect(store.reader.unsent()).toMatchObject({ count: 1, byKind: { 'loyalty.sale': 1 } });
  expect(signed(3)).toEqual({ ok: true, value: { acknowledged: 1 } });
  expect(store.reader.unsent()).toEqual({ count: 0, oldestMs: null, byKind: {} });
  expect(() => other((db) => db.exec('update countersigned set seq = 1'))).toThrow('never goes back');
  expect(() => other((db) => db.exec('delete from countersigned'))).toThrow('never deleted');
});

it('keeps the feed with its cursor, and never goes back to an older page', () => {
  const programme = {
    id: 'boulangerie',
    version: 1,
    name: 'Le Port',
    currency: 'XOF' as const,
    earn: { points: 1, perAmountMinor: 100 },
    gifts: [],
  };
  const member = { code: '1001', name: 'Awa', role: 'cashier' as const, active: true };
  const sealedPinHash = new Uint8Array([1, 2, 3]);
  const { feed } = store;
  expect([feed.cursor(), feed.programme(), feed.staff()]).toEqual([0, null, []]);
  must(
    feed.apply(
      [
        { item: 'programme', programme },
        { item: 'staff', ...member, sealedPinHash },
      ],
      5,
    ),
  );
  must(feed.apply([{ item: 'programme', programme: { ...programme, version: 2 } }], 6));
  must(feed.apply([{ item: 'blocked-card', cardNumber: '0417209379', blocked: true }], 7));
  expect(must(feed.apply([{ item: 'staff', ...member, active: false, sealedPinHash }], 6))).toEqual({ applied: false });
  expect(feed.cursor()).toBe(7);
  expect(feed.programme()).toMatchObject({ version: 2 });
  expect(feed.programmeVersion('boulangerie', 1)).toEqual(programme);
  expect(feed.staff()).toEqual([{ ...member, sealedPinHash, sealedBadgeHash: null }]);
  expect(store.reader.card('0417209379')).toMatchObject({ blocked: true, lastEntryMs: null });
  must(feed.apply([{ item: 'blocked-card', cardNumber: '0417209379', blocked: false }], 8));
  must(feed.apply([{ item: 'staff', ...member, active: false, sealedPinHash }], 9));
  expect(feed.isBlocked('0417209379')).toBe(false);
  expect(feed.staff()).toEqual([]);
  expect(feed.staffMember('1001')).toMatchObject({ active: false });
  expect(store.reader.card('0417209379')).toBeNull();
});

it('counts PIN tries and keeps settings across a restart', () => {
  expect([must(store.tries.raise('1001')), must(store.tries.raise('1001'))]).toEqual([1, 2]);
  must(store.settings.set('printer', { address: 'tcp:host:9100' }));
  store.close();
  store = till.open();
  expect(store.tries.get('1001')).toBe(2);
  expect(store.settings.get('printer')).toEqual({ address: 'tcp:host:9100' });
  must(store.tries.clear('1001'));
  must(store.settings.remove('printer'));
  expect([store.tries.get('1001'), store.settings.get('printer')]).toEqual([0, undefined]);
});

it('lets one service in, and names the one that is there', () => {
  expect(openStore({ path: till.path, pid: 4711 })).toEqual({
    ok: false,
    error: { type: 'DataFolderInUse', path: till.path, pid: process.pid },
  });
  store.close();
  store = till.open();
});

it('refuses a store of a newer program, and leaves it alone', () => {
  store.close();
  other((db) => db.pragma('user_version = 99'));
  expect(openStore({ path: till.path, pid: 1 })).toMatchObject({
    error: { type: 'StoreTooNew', found: 99, known: migrations.length },
  });
  other((db) => db.pragma(`user_version = ${migrations.length}`));
  store = till.open();
});

it.each([
  ['no database', Buffer.from('this is not a database, whatever its name says '.repeat(200)), 'SQLITE_NOTADB'],
  ['another database', null, 'NOT_A_STORE'],
])('says that a file is %s, and leaves it as found', (_what, content, code) => {
  const stranger = newTillStore();
  if (content) writeFileSync(stranger.path, content);
  else new Database(stranger.path).exec('create table t (a)').close();
  const before = readFileSync(stranger.path);
  expect(openStore({ path: stranger.path, pid: 1 })).toMatchObject({ error: { type: 'StoreCorrupt', code } });
  expect(readFileSync(stranger.path)).toEqual(before);
  stranger.remove();
});
