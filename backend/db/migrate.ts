import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import * as ground from './migrations/0001-ground.ts';
import * as headHistory from './migrations/0002-head-history.ts';
import * as cards from './migrations/0003-cards.ts';
import * as relays from './migrations/0004-relays.ts';
import * as programmes from './migrations/0005-programmes.ts';
import * as office from './migrations/0006-office.ts';
import * as days from './migrations/0007-days.ts';
import * as mail from './migrations/0008-mail.ts';
import * as attendance from './migrations/0009-attendance.ts';
import * as accounts from './migrations/0010-accounts.ts';
import * as wordsOfShops from './migrations/0011-words-of-shops.ts';
import * as accountsThatMove from './migrations/0012-accounts-that-move.ts';
import * as lists from './migrations/0013-lists.ts';
import * as keysBehind from './migrations/0014-keys-behind.ts';
import * as noNetworkOfTraining from './migrations/0015-no-network-of-training.ts';
import * as settledElsewhere from './migrations/0016-settled-elsewhere.ts';

/** In order, for ever: a migration that has left this house is never changed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-ground': ground,
  '0002-head-history': headHistory,
  '0003-cards': cards,
  '0004-relays': relays,
  '0005-programmes': programmes,
  '0006-office': office,
  '0007-days': days,
  '0008-mail': mail,
  '0009-attendance': attendance,
  '0010-accounts': accounts,
  '0011-words-of-shops': wordsOfShops,
  '0012-accounts-that-move': accountsThatMove,
  '0013-lists': lists,
  '0014-keys-behind': keysBehind,
  '0015-no-network-of-training': noNetworkOfTraining,
  '0016-settled-elsewhere': settledElsewhere,
};

/**
 * Brings the database up to `target` (the newest when not given). Many servers may call it at once: one works, the others wait.
 * @param db a session of the owner of the tables
 * @throws what PostgreSQL said, after rolling everything back
 */
export async function migrate<Tables>(db: Kysely<Tables>, target?: string): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error, results } = await (target ? migrator.migrateTo(target) : migrator.migrateToLatest());
  if (error) throw error;
  return (results ?? []).map(({ migrationName }) => migrationName);
}
