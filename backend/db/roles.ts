import { createHmac } from 'node:crypto';
import { type Kysely, sql } from 'kysely';

/** The role all requests run under: no superuser, owner of nothing, subject to row-level security. */
export const appRole = 'comptoir_app';

/** The same on every server that shares the server secret, so that no file has to carry it. */
export const appPassword = (serverSecret: string): string =>
  createHmac('sha256', serverSecret).update('database role comptoir_app').digest('hex');

/** Makes the role, or sets its password where the secret has changed. The rights themselves come with the migrations. */
export async function ensureAppRole(db: Kysely<unknown>, password: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`SELECT pg_advisory_xact_lock(4041978112)`.execute(trx);
    const { rows } = await sql`SELECT 1 FROM pg_roles WHERE rolname = ${appRole}`.execute(trx);
    const verb = sql.raw(rows.length === 0 ? 'CREATE' : 'ALTER');
    await sql`${verb} ROLE ${sql.id(appRole)} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${sql.lit(password)}`.execute(
      trx,
    );
  });
}
