import { Client, escapeIdentifier } from 'pg';
import type { Connection } from '#backend/db/connection.ts';
import { durableSettings, type WeakSetting, weakestOf } from '#backend/db/durability.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

/** Any number, always the same: the lock that the one server of an embedded database holds. */
const lockKey = 4_041_978_111;

/** System codes and SQLSTATEs (class 57) of a server that is not there yet, or is just going. */
const notUpYet = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03']);
const wrongPassword = '28P01';

export type GuardError = { type: 'NotUpYet' } | { type: 'Taken' } | { type: 'WrongPassword' } | { type: 'NotOurs' };

/**
 * One session that says "this database has its server". The lock lives in PostgreSQL, so it ends with the process that held it,
 * however that ended, and needs no file that could go stale.
 */
export type Guard = {
  lost: Promise<void>;
  release(): Promise<void>;
  weakSetting(): Promise<WeakSetting | null>;
  ensureDatabase(name: string): Promise<void>;
};

export async function takeGuard(owner: Connection, dataFolder: string): Promise<Result<Guard, GuardError>> {
  const client = new Client({ ...owner, application_name: 'comptoir guard', connectionTimeoutMillis: 2_000 });
  const lost = new Promise<void>((resolve) => {
    client.once('end', resolve);
    client.on('error', () => resolve());
  });
  const close = () => client.end().catch(() => {});
  try {
    await client.connect();
    const { rows } = await client.query('SELECT current_setting($1) AS folder, pg_try_advisory_lock($2) AS mine', [
      'data_directory',
      lockKey,
    ]);
    if (rows[0].folder === dataFolder && rows[0].mine) return ok(guardOf(client, lost));
    await close();
    return err({ type: rows[0].mine ? 'NotOurs' : 'Taken' });
  } catch (cause) {
    await close();
    const { code } = cause as { code?: string };
    if (code === wrongPassword) return err({ type: 'WrongPassword' });
    if (code === undefined || notUpYet.has(code)) return err({ type: 'NotUpYet' });
    throw cause;
  }
}

function guardOf(client: Client, lost: Promise<void>): Guard {
  return {
    lost,
    release: () => client.end(),
    async weakSetting() {
      const { rows } = await client.query(durableSettings.query, [durableSettings.names]);
      return weakestOf(rows);
    },
    async ensureDatabase(name) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (!rowCount) await client.query(`CREATE DATABASE ${escapeIdentifier(name)}`);
    },
  };
}
