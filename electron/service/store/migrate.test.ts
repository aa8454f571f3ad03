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

const salesColumns = 'position, intention, card_number, ticket_number, card_outcome, print_outcome, copies';

/** What an older version wrote: the rows of a real journal, in the tables as they were then. */
function storeOfVersion(version: number, from: TillStore, to: TillStore): void {
  const db = new Database(to.path);
  db.pragma(`application_id = ${0x434f4d50}`);
  migrate(db, migrations.slice(0, version));
  db.prepare('attach ? as newer').run(from.path);
  for (const table of ['journal (position, intention, kind, acts, hash, signature, entry)', 'tallies', 'cards']) {
    const [name, columns = '*'] = table.split(/ \(|\)/);
    db.exec(`insert into main.${table} select ${columns} from newer.${name}`);
  }
  const columns = version === 1 ? salesColumns : `${salesColumns}, tap_to_result_ms`;
  db.exec(`insert into main.sales (${columns}) select ${columns} from newer.operations`);
  db.close();
}

it.each([1, 3])(
  'carries the rows of version %d to the last: each sale keeps its effects and its measured time',
  async (version) => {
    const source = newTill();
    const written = source.open();
    const [measured, healed, unmeasured] = [saleDraft(), saleDraft({ points: -3, cardCounter: 11 }), saleDraft()];
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
    const operations = [measured, healed, unmeasured].map(({ intention }) => written.reader.operation(intention));
    written.close();

    const old = newTill();
    storeOfVersion(version, source, old);
    const carried = old.open();
    expect(carried.reader.entriesAfter(null, 10)).toEqual(expected);
    expect([measured, healed, unmeasured].map(({ intention }) => carried.reader.operation(intention))).toEqual(
      operations,
    );
    expect(carried.reader.operation(healed.intention)?.facts).toMatchObject({
      kind: 'loyalty.sale',
      points: -3,
      cardCounter: 11,
      cardOutcome: 'applied',
      tapToResultMs: 210,
    });
    expect(carried.reader.openCardIntents().map(({ facts }) => facts.intention)).toEqual([unmeasured.intention]);
    carried.close();
    expect(must(await verifyStore(old.path))).toMatchObject({ entries: 7, faults: [] });
  },
);

it('opens a store in which somebody damaged a sale, and verify names it', async () => {
  const source = newTill();
  const written = source.open();
  const sale = saleDraft();
  must(source.journal(written).append([openingDraft(source), sale]));
  written.close();
  const old = newTill();
  storeOfVersion(3, source, old);
  const db = new Database(old.path);
  db.exec("drop trigger journal_is_never_updated; update journal set entry = 'gone' where kind = 'loyalty.sale'");
  db.close();
  old.open().close();
  expect(must(await verifyStore(old.path)).faults).toMatchObject([{ seq: 2 }]);
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
