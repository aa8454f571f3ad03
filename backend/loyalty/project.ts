import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { announce } from '#backend/live/announcements.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import type { ProvenEntry } from '#backend/terminals/seals.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';

/**
 * The office's transactions, from the journal: one row per sale, and what became of its card write. In the transaction that takes
 * the entries, so the two never differ (invariant 8). Those who watch the shop are told when it commits.
 */
export async function projectTransactions(
  trx: TenantTransaction,
  writer: Writer,
  fresh: readonly ProvenEntry[],
  receivedAt: Date,
): Promise<void> {
  const entries = fresh.map(({ sealed }) => sealed.entry);
  const sales = entries.filter((entry): entry is JournalEntry<'loyalty.sale'> => entry.kind === 'loyalty.sale');
  const outcomes = entries.filter((entry): entry is JournalEntry<'card.outcome'> => entry.kind === 'card.outcome');
  if (sales.length > 0) await insertSales(trx, writer, sales, receivedAt);
  if (outcomes.length > 0) await settleCards(trx, writer, outcomes);
  const intentions = [...new Set([...sales, ...outcomes].map(({ intention }) => intention))];
  if (intentions.length > 0) await announce(trx, { tenant: writer.tenant, intentions });
}

const insertSales = (
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  sales: JournalEntry<'loyalty.sale'>[],
  receivedAt: Date,
) =>
  sql`
  INSERT INTO loyalty_transactions
    (tenant_id, terminal_id, received_at, epoch, seq, intention, kind, ticket_number, wall_time, card_number, staff,
     amount_minor, currency, points, balance)
  SELECT ${tenant}, ${terminal}, ${receivedAt}::timestamptz, *
  FROM unnest(
    ${sales.map(({ epoch }) => epoch)}::int[], ${sales.map(({ seq }) => seq)}::bigint[],
    ${sales.map(({ intention }) => intention)}::uuid[], ${sales.map(({ kind }) => kind)}::text[],
    ${sales.map(({ body }) => body.ticketNumber)}::text[], ${sales.map(({ wallTime }) => wallTime)}::timestamptz[],
    ${sales.map(({ body }) => body.cardNumber)}::text[], ${sales.map(({ staff }) => staff)}::text[],
    ${sales.map(({ body }) => body.amountMinor)}::bigint[], ${sales.map(({ body }) => body.currency)}::text[],
    ${sales.map(({ body }) => body.points)}::int[], ${sales.map(({ body }) => body.balance)}::bigint[]
  )
`.execute(trx);

/** The last outcome of the journal stands; `unknown` never hides one that is settled, whichever terminal settled it. */
async function settleCards(trx: TenantTransaction, { tenant }: Writer, outcomes: JournalEntry<'card.outcome'>[]) {
  const last = new Map<string, string>();
  for (const { intention, body } of outcomes) {
    if (body.outcome !== 'unknown' || !last.has(intention)) last.set(intention, body.outcome);
  }
  await sql`
    UPDATE loyalty_transactions AS sale SET card_outcome = settled.outcome
    FROM unnest(${[...last.keys()]}::uuid[], ${[...last.values()]}::text[]) AS settled (intention, outcome)
    WHERE sale.tenant_id = ${tenant} AND sale.intention = settled.intention
      AND (settled.outcome <> 'unknown' OR sale.card_outcome IS NULL)
  `.execute(trx);
}
