import { type RawBuilder, sql } from 'kysely';
import type { LoyaltyTransactions } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { OfficeTransaction } from '#contract/central/index.ts';

/** Received so long after the till's own time, a transaction shows when it came. */
const lateAfterMs = 5 * 60_000;

type Row = LoyaltyTransactions & { terminal_label: string | null; staff_name: string | null };

/** Newest first. @param where over `sale` and its shop, `tenants` */
export async function selectTransactions(
  trx: TenantTransaction,
  where: RawBuilder<unknown>,
  limit: number,
): Promise<OfficeTransaction[]> {
  const { rows } = await sql<Row>`
    SELECT sale.*, terminals.label AS terminal_label, staff.name AS staff_name
    FROM loyalty_transactions AS sale
    JOIN tenants USING (tenant_id)
    LEFT JOIN terminals ON terminals.tenant_id = sale.tenant_id AND terminals.terminal_id = sale.terminal_id
    LEFT JOIN staff ON staff.tenant_id = sale.tenant_id AND staff.code = sale.staff
    WHERE ${where}
    ORDER BY sale.wall_time DESC, sale.terminal_id DESC, sale.epoch DESC, sale.seq DESC
    LIMIT ${limit}
  `.execute(trx);
  return rows.map(officeTransaction);
}

/** The sales of these intentions, as the office sees them now. */
export const transactionsOf = (trx: TenantTransaction, tenant: string, intentions: string[]) =>
  selectTransactions(
    trx,
    sql`sale.tenant_id = ${tenant} AND sale.intention = ANY(${intentions}::uuid[])`,
    intentions.length,
  );

function officeTransaction(row: Row): OfficeTransaction {
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
