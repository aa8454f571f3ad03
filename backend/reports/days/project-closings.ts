import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import { addTotals, noTotals } from '#contract/counter/add-totals.ts';
import { totalsOf } from '#contract/counter/day.ts';
import { JournalEntry } from '#contract/journal/entry.ts';
import type { DayTotals } from '#contract/journal/kinds/day.ts';

type Place = { epoch: number; seq: number };
const entriesPerPage = 1_000;

/**
 * The Zs among a terminal's new entries, each with the server's own count beside it. In the transaction that takes the entries,
 * which are in the journal already.
 */
export async function projectClosings(
  trx: TenantTransaction,
  writer: Writer,
  entries: readonly JournalEntry[],
  receivedAt: Date,
): Promise<void> {
  for (const entry of entries) {
    if (entry.kind !== 'day.closed') continue;
    const counted = await countedSince(trx, writer, await lastClosing(trx, writer, entry), entry);
    await trx
      .insertInto('day_closings')
      .values({
        tenant_id: writer.tenant,
        terminal_id: writer.terminal,
        epoch: entry.epoch,
        seq: entry.seq,
        number: entry.body.number,
        day: entry.body.day,
        closed_at: new Date(entry.wallTime),
        received_at: receivedAt,
        staff: entry.staff,
        currency: entry.body.currency,
        body: JSON.stringify(entry.body),
        agrees: sameSums(counted, entry.body.totals),
      })
      .execute();
  }
}

async function lastClosing(trx: TenantTransaction, { tenant, terminal }: Writer, before: Place): Promise<Place> {
  const { rows } = await sql<Place>`
    SELECT epoch, seq FROM day_closings
    WHERE tenant_id = ${tenant} AND terminal_id = ${terminal} AND (epoch, seq) < (${before.epoch}, ${before.seq})
    ORDER BY epoch DESC, seq DESC LIMIT 1
  `.execute(trx);
  return rows[0] ?? { epoch: 0, seq: 0 };
}

/** The same fold as on the till, over the entries that the server holds. */
async function countedSince(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  after: Place,
  before: Place,
): Promise<DayTotals> {
  let totals = noTotals;
  for (let at = after; ; ) {
    const { rows } = await sql<{ canonical: string }>`
      SELECT canonical FROM journal_entries
      WHERE tenant_id = ${tenant} AND terminal_id = ${terminal}
        AND (epoch, seq) > (${at.epoch}, ${at.seq}) AND (epoch, seq) < (${before.epoch}, ${before.seq})
      ORDER BY epoch, seq LIMIT ${entriesPerPage}
    `.execute(trx);
    for (const { canonical } of rows) {
      const entry = JournalEntry.parse(JSON.parse(canonical));
      totals = addTotals(totals, totalsOf(entry, inNoZone));
      at = { epoch: entry.epoch, seq: entry.seq };
    }
    if (rows.length < entriesPerPage) return totals;
  }
}

/** Dates depend on where the till believes to stand; the sums do not. */
const inNoZone = () => '1970-01-01';

/**
 * Compared are the sums. Where a till was restored from a backup, the server holds more than the till could count: that is a
 * difference too, and rightly said.
 */
function sameSums(ours: DayTotals, theirs: DayTotals): boolean {
  const sums = ({ entries, lines, pointsGiven, pointsTaken, moneyOffMinor, cash, ...more }: DayTotals) => [
    entries,
    lines.map(({ trade, operation, count, amountMinor, points }) => [trade, operation, count, amountMinor, points]),
    [pointsGiven, pointsTaken, moneyOffMinor, more.otherMinor],
    [more.onAccount?.purseMinor ?? 0, more.onAccount?.creditMinor ?? 0],
    [cash.floatMinor, cash.salesMinor, cash.givenBackMinor, cash.putInMinor, cash.takenOutMinor],
    more.drawer.map(({ reason, count }) => [reason, count]),
  ];
  return JSON.stringify(sums(ours)) === JSON.stringify(sums(theirs));
}
