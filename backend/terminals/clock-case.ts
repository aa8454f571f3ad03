import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { clockWentBackMs } from '#contract/journal/clock-back.ts';
import { type Head, JournalEntry } from '#contract/journal/entry.ts';
import type { Writer } from './chain.ts';

/**
 * A terminal whose clock went back, by its own journal, is a case for a person: one is open at a time for each terminal, with the two
 * entries and the step between them. When the entries arrive plays no part. Under the lock of the terminal's row.
 * @param head where the server's copy of the journal stood before these entries
 */
export async function openClockCase(
  trx: TenantTransaction,
  writer: Writer,
  head: Head | null,
  entries: readonly JournalEntry[],
  nowMs: number,
): Promise<void> {
  let before = head && (await entryAt(trx, writer, head));
  for (const entry of entries) {
    const backMs = before && clockWentBackMs(before, entry);
    if (before && backMs) return keepClockCase(trx, writer, { before, entry, backMs }, nowMs);
    before = entry;
  }
}

type Step = { before: JournalEntry; entry: JournalEntry; backMs: number };

async function keepClockCase(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  { before, entry, backMs }: Step,
  nowMs: number,
): Promise<void> {
  const key = `ClockWentBack/${terminal}/${entry.epoch}/${entry.seq}`;
  const evidence = JSON.stringify([{ clock: [before, entry], backMs }]);
  await sql`
    INSERT INTO cases (tenant_id, case_key, kind, terminal_id, evidence, opened_at)
    SELECT ${tenant}, ${key}, 'ClockWentBack', ${terminal}::uuid, ${evidence}::jsonb, ${new Date(nowMs)}::timestamptz
    WHERE NOT EXISTS (
      SELECT 1 FROM cases WHERE tenant_id = ${tenant} AND terminal_id = ${terminal} AND kind = 'ClockWentBack' AND settled_at IS NULL
    )
  `.execute(trx);
}

async function entryAt(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  { epoch, seq }: Head,
): Promise<JournalEntry | null> {
  const held = await trx
    .selectFrom('journal_entries')
    .select('canonical')
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .where('epoch', '=', epoch)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return held ? JournalEntry.parse(JSON.parse(held.canonical)) : null;
}
