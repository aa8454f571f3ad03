import type { Database as Sqlite } from 'better-sqlite3';
import type { Migration } from './migrations/migration.ts';

/** Brings the schema up to the last of `steps`; each step and its version number in one transaction. Throws SQLite's errors. */
export function migrate(db: Sqlite, steps: readonly Migration[]): void {
  const step = db.transaction(({ version, sql }: Migration) => {
    db.exec(sql);
    db.pragma(`user_version = ${version}`);
  });
  for (const migration of steps) {
    if (migration.version > versionOf(db)) step.immediate(migration);
  }
}

export const versionOf = (db: Sqlite): number => db.pragma('user_version', { simple: true }) as number;
