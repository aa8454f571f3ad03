import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type Database, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Random } from '#backend/random.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { ApiKey } from '#contract/central/office-keys.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Session } from './sessions.ts';
import type { Person } from './sign-in.ts';

/** Every key begins so: a bearer tells what it is before it is looked up, and scanners for leaked secrets find it. */
export const keyPrefix = 'ck_';
const dayMs = 86_400_000;
const keysPerShop = 20;
const windowMs = 60_000;
const requestsPerWindow = 120;
const beginsWith = keyPrefix.length + 4;

/** A key has 256 random bits: its hash needs no salt, and who reads the table holds no key. */
const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/**
 * Makes a read-only key to the shop's own data. It is in the answer and nowhere else.
 * Refusals: TooManyRequests (the shop has its number of keys).
 */
export async function makeApiKey(
  trx: TenantTransaction,
  by: Person,
  { name, days }: { name: string; days: number },
  { random, keyId, nowMs }: { random: Random; keyId: string; nowMs: number },
): Promise<Result<{ key: string; made: ApiKey }, CentralError>> {
  const live = (await apiKeysOf(trx, by.tenant, nowMs)).filter((key) => key.state === 'live');
  if (live.length >= keysPerShop) return err(refusal('TooManyRequests', { limit: keysPerShop }));
  const key = keyPrefix + random(32).toString('base64url');
  const times = {
    made_at: new Date(nowMs),
    expires_at: new Date(nowMs + days * dayMs),
    window_ends_at: new Date(nowMs),
  };
  await trx
    .insertInto('api_keys')
    .values({
      token_hash: hashOf(key),
      tenant_id: by.tenant,
      key_id: keyId,
      name,
      begins: key.slice(0, beginsWith),
      made_by: by.code,
      ...times,
    })
    .execute();
  const made = (await apiKeysOf(trx, by.tenant, nowMs)).find(({ id }) => id === keyId)!;
  return ok({ key, made });
}

/** The shop's keys, newest first, without what would open anything. */
export async function apiKeysOf(trx: TenantTransaction, tenant: string, nowMs: number): Promise<ApiKey[]> {
  const rows = await trx
    .selectFrom('api_keys')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .orderBy('made_at', 'desc')
    .orderBy('key_id')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.key_id,
    name: row.name,
    begins: row.begins,
    madeBy: row.made_by,
    madeAt: row.made_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    usedAt: row.used_at?.toISOString() ?? null,
    state: row.revoked_at ? 'revoked' : row.expires_at.getTime() <= nowMs ? 'expired' : 'live',
  }));
}

/** At once, for every server. Asked again, nothing changes. Refusals: NotFound. */
export async function revokeApiKey(
  trx: TenantTransaction,
  tenant: string,
  id: string,
  nowMs: number,
): Promise<Result<ApiKey, CentralError>> {
  await trx
    .updateTable('api_keys')
    .set({ revoked_at: new Date(nowMs) })
    .where('tenant_id', '=', tenant)
    .where('key_id', '=', id)
    .where('revoked_at', 'is', null)
    .execute();
  const key = (await apiKeysOf(trx, tenant, nowMs)).find((each) => each.id === id);
  return key ? ok(key) : err(refusal('NotFound'));
}

type Counted = {
  tenant_id: string;
  key_id: string;
  name: string;
  expires_at: Date;
  requests: number;
  window_ends_at: Date;
};

/**
 * The session of one request with a key: its shop's, as someone who looks and changes nothing. Each request is counted in the key's own
 * row, so that the limit holds over all servers.
 * Refusals: NotSignedIn (unknown, revoked and expired alike), TooManyRequests (with `waitMs`).
 */
export async function keySession(db: Database, key: string, nowMs: number): Promise<Result<Session, CentralError>> {
  const tokenHash = hashOf(key);
  const [now, windowEnd] = [new Date(nowMs), new Date(nowMs + windowMs)];
  const { rows } = await inScope(db, { key: tokenHash }, (trx) =>
    sql<Counted>`
      UPDATE api_keys SET used_at = ${now},
        requests = CASE WHEN window_ends_at <= ${now} THEN 1 ELSE requests + 1 END,
        window_ends_at = CASE WHEN window_ends_at <= ${now} THEN ${windowEnd} ELSE window_ends_at END
      WHERE token_hash = ${tokenHash} AND revoked_at IS NULL AND expires_at > ${now}
      RETURNING tenant_id, key_id, name, expires_at, requests, window_ends_at
    `.execute(trx),
  );
  const row = rows[0];
  if (!row) return err(refusal('NotSignedIn'));
  if (row.requests > requestsPerWindow) {
    return err(refusal('TooManyRequests', { waitMs: Math.max(1, row.window_ends_at.getTime() - nowMs) }));
  }
  const person: Person = { tenant: row.tenant_id, code: `key ${row.key_id}`, name: row.name, role: 'auditor' };
  return ok({ person, tokenHash, expiresAtMs: row.expires_at.getTime() });
}
