import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type Database = Kysely<Tables>;
export type TenantTransaction = Transaction<Tables>;

/**
 * Whose rows a transaction may see. `tenant`: a shop's. `network`: the network's own and its list of shops.
 * `card`: a card's rows in all shops, of whatever network: only together with `network`, joined with its tenants.
 * `key`: the one row that names itself by a secret or an id one must already hold (a terminal's id, the hash of a session token).
 */
export type Scope = { tenant: string } | { network: number } | { card: string } | { key: string };

/**
 * Runs `work` in one transaction that sees the rows of `scope` and no others: the policies of every table read these settings,
 * which end with the transaction. Commits when `work` returns, rolls back when it throws.
 */
export function inScope<T>(db: Database, scope: Scope, work: (trx: TenantTransaction) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await enterScope(trx, scope);
    return work(trx);
  });
}

/** Turns a running transaction over to a scope that it has just learned, for instance from a terminal's id to its tenant. */
export async function enterScope(trx: TenantTransaction, scope: Scope): Promise<void> {
  const [[name, value]] = Object.entries(scope) as [[string, string | number]];
  await sql`SELECT set_config(${`app.${name}`}, ${String(value)}, true)`.execute(trx);
}

/** {@link inScope} for one tenant: what nearly every request uses. */
export const inTenant = <T>(db: Database, tenantId: string, work: (trx: TenantTransaction) => Promise<T>): Promise<T> =>
  inScope(db, { tenant: tenantId }, work);
