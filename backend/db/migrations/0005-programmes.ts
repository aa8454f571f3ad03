import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/** Who published a version of the programme, and when; the draft beside it; how the shop wants its counters, version by version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE programmes ADD COLUMN published_at timestamptz, ADD COLUMN published_by text`.execute(db);
  await sql`CREATE TABLE programme_drafts (
    tenant_id uuid PRIMARY KEY,
    programme jsonb NOT NULL,
    based_on integer NOT NULL,
    saved_at timestamptz NOT NULL,
    saved_by text NOT NULL
  )`.execute(db);
  await sql`CREATE TABLE shop_settings (
    tenant_id uuid, version integer CHECK (version >= 1),
    settings jsonb NOT NULL,
    changed_at timestamptz NOT NULL,
    changed_by text NOT NULL,
    PRIMARY KEY (tenant_id, version)
  )`.execute(db);
  for (const table of ['programme_drafts', 'shop_settings']) await isolate(db, table, seenBy.tenant);
  // What was published is never changed: a sale names the version that computed it.
  await sql`GRANT SELECT, INSERT ON shop_settings TO comptoir_app`.execute(db);
  await sql`GRANT SELECT, INSERT, UPDATE, DELETE ON programme_drafts TO comptoir_app`.execute(db);
}
