import { CompiledQuery } from 'kysely';
import type { Seal } from '#backend/pki/sealing.ts';
import { type ServerKey, type ServerKeyError, serverKey } from '#backend/pki/server-key.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Connection } from './connection.ts';
import { durableSettings, type WeakSetting, weakestOf } from './durability.ts';
import { migrate } from './migrate.ts';
import { openPool } from './pool.ts';
import { appPassword, ensureAppRole, openAppRole } from './roles.ts';
import type { Tables } from './tables.ts';

export type PrepareError = ServerKeyError | ({ type: 'DatabaseNotDurable' } & WeakSetting);

/**
 * All that is done as the owner of the tables: durability read back, migrations, the server's key, and the door for the role
 * that serves requests. Nothing else ever runs as the owner.
 */
export async function prepareDatabase(
  owner: Connection,
  { seal, serverSecret }: { seal: Seal; serverSecret: string },
): Promise<Result<ServerKey, PrepareError>> {
  const db = openPool<Tables>(owner, { max: 2, onError: () => {} });
  try {
    const query = CompiledQuery.raw(durableSettings.query, [durableSettings.names]);
    const { rows } = await db.executeQuery<{ name: string; setting: string }>(query);
    const weak = weakestOf(rows);
    if (weak) return err({ type: 'DatabaseNotDurable', ...weak });
    await ensureAppRole(db);
    await migrate(db);
    const key = await serverKey(db, seal);
    if (!key.ok) return key;
    await openAppRole(db, appPassword(serverSecret));
    return ok(key.value);
  } finally {
    await db.destroy();
  }
}
