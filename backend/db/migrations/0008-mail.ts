import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/**
 * Tickets to be sent by e-mail: one per intention, for ever. No address stands here: it is looked up when the message goes, so that
 * who was erased meanwhile is written to no more. `next_at` is also the lease of whoever is sending it now.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`CREATE TABLE mail_outbox (
      tenant_id uuid, intention uuid,
      queue text NOT NULL DEFAULT 'mail' CHECK (queue = 'mail'),
      terminal_id uuid NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'given-up', 'no-address')),
      attempts integer NOT NULL DEFAULT 0,
      next_at timestamptz NOT NULL,
      last_fault text,
      created_at timestamptz NOT NULL,
      ended_at timestamptz,
      PRIMARY KEY (tenant_id, intention)
    )`)
    .execute(db);
  await sql.raw(`CREATE INDEX mail_outbox_due ON mail_outbox (next_at) WHERE state = 'waiting'`).execute(db);
  // The worker looks at the queue of all shops by its name; what a message says is read under its shop's isolation.
  await isolate(db, 'mail_outbox', `${seenBy.tenant} OR ${seenBy.key('queue')}`);
  await sql.raw('GRANT SELECT, INSERT, UPDATE ON mail_outbox TO comptoir_app').execute(db);
}
