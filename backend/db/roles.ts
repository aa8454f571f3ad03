import { createHmac } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';

/** The role all requests run under: no superuser, owner of nothing, subject to row-level security. */
export const appRole = 'comptoir_app';

/** The same on every server that shares the server secret, so that no file has to carry it. */
export const appPassword = (serverSecret: string): string =>
  createHmac('sha256', serverSecret).update('database role comptoir_app').digest('hex');

/** Makes the role where there is none; it cannot log in yet. The migrations give it its rights. */
export async function ensureAppRole<Tables>(db: Kysely<Tables>): Promise<void> {
  await locked(db, async (trx) => {
    const { rows } = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${appRole}`.execute(trx);
    if (rows.length > 0) return;
    await sql`CREATE ROLE ${sql.id(appRole)} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`.execute(trx);
  });
}

/** Lets the role log in with this password. Only once the server secret is known to be the right one: others may be serving. */
export async function openAppRole<Tables>(db: Kysely<Tables>, password: string): Promise<void> {
  await locked(db, (trx) => sql`ALTER ROLE ${sql.id(appRole)} LOGIN PASSWORD ${sql.lit(password)}`.execute(trx));
}

/** Servers that start together change the role one after another. */
const locked = <Tables>(db: Kysely<Tables>, work: (trx: Transaction<Tables>) => Promise<unknown>): Promise<void> =>
  db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(4041978112)`.execute(trx);
    await work(trx);
  });
