import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/** The Zs of the tills, as they came: a projection of the journal, from which the shop's days are read. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of closings) await sql.raw(statement).execute(db);
  await isolate(db, 'day_closings', seenBy.tenant);
  await sql.raw('GRANT SELECT, INSERT ON day_closings TO comptoir_app').execute(db);
}

const closings = [
  `CREATE TABLE day_closings (
    tenant_id uuid, terminal_id uuid, epoch integer, seq bigint,
    number integer NOT NULL,
    day date NOT NULL,
    closed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    staff text,
    currency text NOT NULL,
    body jsonb NOT NULL,
    agrees boolean NOT NULL,
    PRIMARY KEY (tenant_id, terminal_id, epoch, seq)
  )`,
  'CREATE INDEX day_closings_by_day ON day_closings (tenant_id, day DESC)',
];
