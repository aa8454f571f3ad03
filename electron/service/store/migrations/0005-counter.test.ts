import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { migrate } from '../migrate.ts';
import { migrations } from './index.ts';

it('keeps the staff of version 4, who have no badge until the feed says so', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    migrations.filter(({ version }) => version <= 4),
  );
  db.exec("insert into staff values ('awa', 'Awa Koné', 'cashier', 1, x'010203')");
  migrate(
    db,
    migrations.filter(({ version }) => version <= 5),
  );
  expect(db.prepare('select * from staff').all()).toEqual([
    {
      code: 'awa',
      name: 'Awa Koné',
      role: 'cashier',
      active: 1,
      sealed_pin_hash: Buffer.from([1, 2, 3]),
      sealed_badge_hash: null,
    },
  ]);
  db.close();
});
