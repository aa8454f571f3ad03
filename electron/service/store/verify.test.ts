import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countersignedBytes } from '#contract/central/countersign.ts';
import type { JournalReport } from '#contract/till/index.ts';
import {
  cardOutcomeDraft,
  must,
  newTillStore,
  openingDraft,
  saleDraft,
  type TillStore,
  ticketOutcomeDraft,
} from '#test/harness/till-store.ts';
import { openStore, sealWith, verifyStore } from './index.ts';

/** A stopped installation: 1 opening, then 20 sales with their two outcomes, of which the server has countersigned 50. */
let till: TillStore;
const size = 61;

beforeEach(() => {
  till = newTillStore();
  const store = till.open();
  const journal = till.journal(store);
  must(journal.append([openingDraft(till)]));
  for (let sale = 1; sale <= 20; sale++) {
    const ticketNumber = `P1-${String(sale).padStart(6, '0')}`;
    const draft = saleDraft({ ticketNumber, balance: sale, cardCounter: sale });
    must(journal.append([draft, cardOutcomeDraft(draft.intention), ticketOutcomeDraft(draft.intention, ticketNumber)]));
  }
  const { hash } = store.reader.entry(1, 50)!;
  must(store.acknowledge({ terminal: till.terminal, head: { epoch: 1, seq: 50, hash }, atMs: 1, signature: 's' }));
  store.close();
});
afterEach(() => till.remove());

/** Somebody else's SQLite, with the guards taken off. */
const tamper = (sql: string): void => {
  const db = new Database(till.path);
  for (const name of db.prepare<[], string>("select name from sqlite_schema where type = 'trigger'").pluck().all()) {
    db.exec(`drop trigger ${name}`);
  }
  db.exec(sql);
  db.close();
};
const verify = async (): Promise<JournalReport> => must(await verifyStore(till.path));
const at = (seq: number): string => `position = (1 << 40) + ${seq}`;

it('[T37] finds nothing wrong with a journal nobody touched', async () => {
  expect(await verify()).toMatchObject({ entries: size, head: { epoch: 1, seq: size }, faults: [] });
});

it('checks a running store, and one that was killed with its log still beside it', async () => {
  const store = till.open();
  must(till.journal(store).append([saleDraft()]));
  expect(await verify()).toMatchObject({ entries: size + 1, faults: [] });
  store.close();
});

it.each<[string, string, { seq: number; what: string }[]]>([
  [
    'an amount',
    `update journal set entry = replace(entry, '"amountMinor":1250', '"amountMinor":1251') where ${at(5)}`,
    [{ seq: 5, what: 'hash, signature' }],
  ],
  ['the text’s spacing', `update journal set entry = entry || ' ' where ${at(5)}`, [{ seq: 5, what: 'row-differs' }]],
  [
    'an entry that is no JSON any more',
    `update journal set entry = replace(entry, '{"body"', '("body"') where ${at(5)}`,
    [{ seq: 5, what: 'unreadable' }],
  ],
  [
    'an entry that breaks its schema',
    `update journal set entry = replace(entry, '"v":1', '"v":2') where ${at(5)}`,
    [{ seq: 5, what: 'schema' }],
  ],
  ['a recorded hash', `update journal set hash = '${'0'.repeat(64)}' where ${at(5)}`, [{ seq: 5, what: 'hash' }]],
  [
    'a signature',
    `update journal set signature = (select signature from journal where ${at(6)}) where ${at(5)}`,
    [{ seq: 5, what: 'signature' }],
  ],
  ['an intention’s column', `update journal set intention = 'x' where ${at(5)}`, [{ seq: 5, what: 'row-differs' }]],
  ['a row deleted', `delete from journal where ${at(5)}`, [{ seq: 5, what: 'missing' }]],
  [
    'two rows deleted',
    `delete from journal where ${at(5)} or ${at(6)}`,
    [
      { seq: 5, what: 'missing' },
      { seq: 6, what: 'missing' },
    ],
  ],
  ['the first row deleted', `delete from journal where ${at(1)}`, [{ seq: 1, what: 'missing' }]],
  [
    'two rows exchanged',
    `update journal set position = -1 where ${at(5)}; update journal set position = (1 << 40) + 5 where ${at(6)}; update journal set position = (1 << 40) + 6 where position = -1`,
    [
      { seq: 5, what: 'previous-hash, sequence, row-differs' },
      { seq: 6, what: 'previous-hash, sequence, row-differs' },
      { seq: 7, what: 'previous-hash' },
    ],
  ],
  [
    'a tail cut that the server never saw',
    `delete from journal where position > (1 << 40) + 59`,
    [
      { seq: 60, what: 'missing' },
      { seq: 61, what: 'missing' },
    ],
  ],
  [
    'a tail cut with the counters put right',
    'delete from journal where position > (1 << 40) + 48; update tallies set acknowledged = 0; update tallies set entries = (select count(*) from journal where journal.kind = tallies.kind)',
    [
      { seq: 49, what: 'missing' },
      { seq: 50, what: 'missing' },
    ],
  ],
  [
    'another head under the server’s signature',
    "update countersigned set hash = 'x'",
    [{ seq: 50, what: 'countersigned-head' }],
  ],
  ['a balance', 'update cards set balance = balance + 1', [{ seq: 59, what: 'projection' }]],
  ['a card forgotten', 'delete from cards', [{ seq: 59, what: 'projection' }]],
  ['a card made up', "insert into cards select '0000000000', 1, 1, 1, 1", [{ seq: 61, what: 'projection' }]],
  [
    'a settled card write reopened',
    `update operations set card_outcome = null where ${at(8)}`,
    [{ seq: 8, what: 'projection' }],
  ],
  ['a sale forgotten', `delete from operations where ${at(8)}`, [{ seq: 8, what: 'projection' }]],
  [
    'a counter',
    "update tallies set entries = entries - 1, acknowledged = 0 where kind = 'loyalty.sale'",
    [{ seq: 61, what: 'projection' }],
  ],
])('[T37] names the very entry: %s', async (_what, sql, faults) => {
  tamper(sql);
  expect((await verify()).faults).toEqual(faults.map((fault) => ({ epoch: 1, ...fault })));
});

it('[T37] holds the countersigned heads to the key of the server that signed them', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const serverPublicKey = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const faultsFor = async (terminal: string) => {
    const db = new Database(till.path);
    const { hash } = db.prepare<[], { hash: string }>('select hash from countersigned').get()!;
    const head = { terminal, head: { epoch: 1, seq: 50, hash } };
    const signature = sealWith(privateKey)(countersignedBytes(head)).signature;
    db.prepare('update countersigned set signature = ?').run(signature);
    db.close();
    const report = await verifyStore(till.path, { serverPublicKey });
    return report.ok && report.value.faults;
  };
  expect(await faultsFor(till.terminal)).toEqual([]);
  const forged = [{ epoch: 1, seq: 50, what: 'countersigned-head' }];
  expect(await faultsFor('019f0000-0000-7000-8000-000000000099')).toEqual(forged);
  tamper("update countersigned set hash = 'x'");
  expect(await verifyStore(till.path, { serverPublicKey })).toMatchObject({ value: { faults: forged } });
});

it('[T37] names the entry when one byte of the file itself was changed', async () => {
  const file = readFileSync(till.path);
  const place = file.indexOf('"ticketNumber":"P1-000007","totalSpendMinor"');
  expect(place).toBeGreaterThan(0);
  file[place + 20]! ^= 1;
  writeFileSync(till.path, file);
  expect((await verify()).faults).toEqual([{ epoch: 1, seq: 20, what: 'hash, signature' }]);
  const store = till.open();
  expect(store.startFaults).toEqual([{ epoch: 1, seq: 20, what: 'hash, signature' }]);
  store.close();
});

it('goes on behind a damaged page, and names what stood on it', async () => {
  const db = new Database(till.path);
  const pageSize = db.pragma('page_size', { simple: true }) as number;
  db.close();
  const file = readFileSync(till.path);
  const page = Math.floor(file.indexOf('"ticketNumber":"P1-000007","totalSpendMinor"') / pageSize);
  file.fill(0xff, page * pageSize, page * pageSize + 100);
  writeFileSync(till.path, file);
  const { faults, entries } = await verify();
  const unreadable = faults.map(({ seq }) => seq);
  expect(unreadable).toContain(20);
  expect(new Set(faults.map(({ what }) => what))).toEqual(new Set(['unreadable']));
  expect(entries + unreadable.length).toBe(size);
  expect(openStore({ path: till.path, pid: 1 })).toMatchObject({ error: { type: 'StoreCorrupt' } });
  expect(readFileSync(till.path)).toEqual(file);
});

it('says that a file is no store at all', async () => {
  truncateSync(till.path, 1000);
  expect(await verifyStore(till.path)).toMatchObject({ ok: false, error: { type: 'StoreCorrupt' } });
  expect(await verifyStore(`${till.path}-elsewhere`)).toMatchObject({
    error: { type: 'StoreCorrupt', code: 'ENOENT' },
  });
});

it('ends a long list of faults', async () => {
  tamper('delete from journal where position > (1 << 40) + 1; update countersigned set seq = 1000000');
  const { faults } = await verify();
  expect(faults).toHaveLength(1000);
  expect(faults[0]).toEqual({ epoch: 1, seq: 2, what: 'missing' });
});
