import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { migrations } from './index.ts';

it('[T20] keeps the blocked cards of version 8, and names the card by which this till itself replaced one', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    migrations.filter(({ version }) => version <= 8),
  );
  db.exec("insert into blocked_cards values ('0417093114'), ('0417209320')");
  const body = { fromCard: '0417209320', toCard: '0417554058' };
  db.prepare(
    "insert into journal (position, hash, signature, kind, intention, acts, entry) values (1, 'h', 's', 'card.replaced', 'i', 1, ?)",
  ).run(JSON.stringify({ body }));
  migrate(
    db,
    migrations.filter(({ version }) => version <= 9),
  );
  expect(db.prepare('select * from blocked_cards order by card_number').all()).toEqual([
    { card_number: '0417093114', replaced_by: null },
    { card_number: '0417209320', replaced_by: '0417554058' },
  ]);
  db.close();
});
