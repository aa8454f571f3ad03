import Database from 'better-sqlite3';
import { afterEach, expect, it } from 'vitest';
import {
  cardOutcomeDraft,
  must,
  newTillStore,
  openingDraft,
  saleDraft,
  type TillStore,
} from '#test/harness/till-store.ts';
import { verifyStore } from './index.ts';
import { migrate, versionOf } from './migrate.ts';
import { migrations } from './migrations/index.ts';

const tills: TillStore[] = [];
const newTill = (): TillStore => {
  const till = newTillStore();
  tills.push(till);
  return till;
};
afterEach(() => {
  for (const till of tills.splice(0)) till.remove();
});

/** What version 1 wrote: the rows of a real journal, in the tables as they were then. */
function storeOfVersion1(from: TillStore, to: TillStore): void {
  const db = new Database(to.path);
  db.pragma(`application_id = ${0x434f4d50}`);
  migrate(db, migrations.slice(0, 1));
  db.prepare('attach ? as newer').run(from.path);
  for (const table of ['journal (position, intention, kind, acts, hash, signature, entry)', 'tallies', 'cards']) {
    const [name, columns = '*'] = table.split(/ \(|\)/);
    db.exec(`insert into main.${table} select ${columns} from newer.${name}`);
  }
  db.exec(`insert into main.sales select position, intention, card_number, ticket_number, card_outcome, print_outcome, copies
    from newer.sales`);
  db.close();
}

it('carries the rows of version 1 to the last: each sale gets its measured time back from its outcomes', async () => {
  const source = newTill();
  const written = source.open();
  const [measured, healed, unmeasured] = [saleDraft(), saleDraft(), saleDraft()];
  must(
    source
      .journal(written)
      .append([
        openingDraft(source),
        measured,
        cardOutcomeDraft(measured.intention, 'applied', 133),
        healed,
        cardOutcomeDraft(healed.intention, 'unknown', 210),
        cardOutcomeDraft(healed.intention, 'applied', null),
        unmeasured,
      ]),
  );
  const expected = written.reader.entriesAfter(null, 10);
  written.close();

  const old = newTill();
  storeOfVersion1(source, old);
  const carried = old.open();
  expect(carried.reader.entriesAfter(null, 10)).toEqual(expected);
  expect(carried.reader.sale(measured.intention)?.facts.tapToResultMs).toBe(133);
  expect(carried.reader.sale(healed.intention)?.facts.tapToResultMs).toBe(210);
  expect(carried.reader.sale(unmeasured.intention)?.facts.tapToResultMs).toBeNull();
  carried.close();
  expect(must(await verifyStore(old.path))).toMatchObject({ entries: 7, faults: [] });
});

it('goes up one step at a time, each once, numbered without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => index + 1));
  const db = new Database(':memory:');
  migrate(db, migrations.slice(0, 1));
  expect(versionOf(db)).toBe(1);
  migrate(db, migrations);
  migrate(db, migrations);
  expect(versionOf(db)).toBe(migrations.length);
  db.close();
});

it('leaves a step that fails undone as a whole', () => {
  const db = new Database(':memory:');
  const broken = { version: 1, sql: 'create table a (b); create table a (b);' };
  expect(() => migrate(db, [broken])).toThrow();
  expect(versionOf(db)).toBe(0);
  expect(db.prepare('select name from sqlite_schema').all()).toEqual([]);
  db.close();
});
