import { type RawBuilder, sql } from 'kysely';
import type { LoyaltyTransactions } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { type ListQuery, readPage } from '#backend/reports/page.ts';
import type { OfficeTransaction } from '#contract/central/index.ts';

/** Received so long after the till's own time, a transaction shows when it came. */
const lateAfterMs = 5 * 60_000;

export type TransactionRow = LoyaltyTransactions & { terminal_label: string | null; staff_name: string | null };

/** Newest first, by the time on the ticket. @param where over `sale` and its shop, `tenants` */
export const transactionQuery = (where: RawBuilder<unknown>): ListQuery => ({
  select: sql`sale.*, terminals.label AS terminal_label, staff.name AS staff_name`,
  from: sql`loyalty_transactions AS sale
    JOIN tenants USING (tenant_id)
    LEFT JOIN terminals ON terminals.tenant_id = sale.tenant_id AND terminals.terminal_id = sale.terminal_id
    LEFT JOIN staff ON staff.tenant_id = sale.tenant_id AND staff.code = sale.staff`,
  where,
  order: [
    { by: sql`sale.wall_time`, type: 'timestamptz' },
    { by: sql`sale.terminal_id`, type: 'uuid' },
    { by: sql`sale.epoch`, type: 'integer' },
    { by: sql`sale.seq`, type: 'bigint' },
  ],
  direction: 'desc',
});

/** The sales of these intentions, as the office sees them now. */
export async function transactionsOf(
  trx: TenantTransaction,
  tenant: string,
  intentions: string[],
): Promise<OfficeTransaction[]> {
  const query = transactionQuery(sql`sale.tenant_id = ${tenant} AND sale.intention = ANY(${intentions}::uuid[])`);
  const page = await readPage<TransactionRow>(trx, query, { limit: intentions.length });
  return page.ok ? page.value.rows.map(officeTransaction) : [];
}

export function officeTransaction(row: TransactionRow): OfficeTransaction {
  return {
    terminal: row.terminal_id,
    terminalLabel: row.terminal_label ?? '',
    epoch: row.epoch,
    seq: row.seq,
    intention: row.intention,
    ticketNumber: row.ticket_number,
    kind: row.kind,
    wallTime: row.wall_time.toISOString(),
    receivedAt: row.received_at.toISOString(),
    late: row.received_at.getTime() - row.wall_time.getTime() > lateAfterMs,
    cardNumber: row.card_number,
    staff: row.staff,
    staffName: row.staff_name,
    amountMinor: row.amount_minor,
    currency: row.currency,
    points: row.points,
    balance: row.balance,
    cardOutcome: row.card_outcome,
  };
}
