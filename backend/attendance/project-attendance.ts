import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';

/** Who came and went, from a batch of the journal. In the transaction that takes the entries. */
export async function projectAttendance(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  entries: readonly JournalEntry[],
  receivedAt: Date,
): Promise<void> {
  const clocked = entries.filter(
    (entry): entry is JournalEntry<'attendance.clocked'> => entry.kind === 'attendance.clocked',
  );
  if (clocked.length === 0) return;
  await sql`
    INSERT INTO attendance (tenant_id, terminal_id, received_at, epoch, seq, staff, direction, known_by, wall_time)
    SELECT ${tenant}, ${terminal}, ${receivedAt}::timestamptz, *
    FROM unnest(
      ${clocked.map(({ epoch }) => epoch)}::int[], ${clocked.map(({ seq }) => seq)}::bigint[],
      ${clocked.map(({ body }) => body.staff)}::text[], ${clocked.map(({ body }) => body.direction)}::text[],
      ${clocked.map(({ body }) => body.by)}::text[], ${clocked.map(({ wallTime }) => wallTime)}::timestamptz[]
    )
  `.execute(trx);
}
