import { type Kysely, sql } from 'kysely';

/** Conditions for a row to be seen, from the settings that `inScope` (tenancy.ts) makes for one transaction. Unset: nothing is seen. */
export const seenBy = {
  tenant: "tenant_id = nullif(current_setting('app.tenant', true), '')::uuid",
  network: "network_id = nullif(current_setting('app.network', true), '')::integer",
  /** One card's rows in every shop: for its holder, who has signed in with it. A number is one card in one network only. */
  card: "card_number = nullif(current_setting('app.card', true), '')",
  key: (column: string) => `${column} = nullif(current_setting('app.key', true), '')`,
};

/** Row-level security for one table, for its owner too (FORCE): rows that do not match can be neither read nor written. */
export async function isolate(db: Kysely<unknown>, table: string, condition: string): Promise<void> {
  await sql`ALTER TABLE ${sql.table(table)} ENABLE ROW LEVEL SECURITY`.execute(db);
  await sql`ALTER TABLE ${sql.table(table)} FORCE ROW LEVEL SECURITY`.execute(db);
  await sql`CREATE POLICY isolation ON ${sql.table(table)} USING (${sql.raw(condition)})`.execute(db);
}

/** For a migration that carries rows of all tenants: lifts the owner's own isolation from tables, inside its transaction only. */
export async function acrossTenants(db: Kysely<unknown>, tables: string[], work: () => Promise<void>): Promise<void> {
  for (const table of tables) await sql`ALTER TABLE ${sql.table(table)} NO FORCE ROW LEVEL SECURITY`.execute(db);
  await work();
  for (const table of tables) await sql`ALTER TABLE ${sql.table(table)} FORCE ROW LEVEL SECURITY`.execute(db);
}
