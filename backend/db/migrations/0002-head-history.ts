import { type Kysely, sql } from 'kysely';
import { acrossTenants, isolate, seenBy } from '../isolation.ts';

/**
 * Every head the server has countersigned, not the last one alone: in a dispute a terminal shows a head, and the server shows
 * that it is one of its own. Heads accepted before this table are carried over without a signature: it was not kept.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`CREATE TABLE head_history (
    tenant_id uuid, terminal_id uuid, epoch integer, seq bigint,
    hash bytea NOT NULL,
    signature text,
    accepted_at timestamptz,
    PRIMARY KEY (tenant_id, terminal_id, epoch, seq)
  )`.execute(db);
  await acrossTenants(db, ['heads'], async () => {
    await sql`INSERT INTO head_history (tenant_id, terminal_id, epoch, seq, hash)
      SELECT tenant_id, terminal_id, epoch, seq, hash FROM heads`.execute(db);
  });
  await isolate(db, 'head_history', seenBy.tenant);
  await sql`GRANT SELECT, INSERT ON head_history TO comptoir_app`.execute(db);
}
