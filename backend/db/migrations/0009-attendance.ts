import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/** When staff came and went: a projection of the journal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of attendance) await sql.raw(statement).execute(db);
  await isolate(db, 'attendance', seenBy.tenant);
  await sql.raw('GRANT SELECT, INSERT ON attendance TO comptoir_app').execute(db);
}

const attendance = [
  `CREATE TABLE attendance (
    tenant_id uuid, terminal_id uuid, epoch integer, seq bigint,
    staff text NOT NULL,
    direction text NOT NULL CHECK (direction IN ('in', 'out')),
    known_by text NOT NULL CHECK (known_by IN ('pin', 'badge', 'card')),
    wall_time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, terminal_id, epoch, seq)
  )`,
  'CREATE INDEX attendance_by_time ON attendance (tenant_id, wall_time DESC, terminal_id, epoch, seq)',
];
