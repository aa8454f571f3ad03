import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import { listPage } from '#backend/reports/office-list.ts';
import type { CentralError, OfficeTransaction } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { purchaseMinor } from './transaction-amounts.ts';
import { condition, type Filter } from './transaction-filter.ts';
import { transactionList } from './transaction-list.ts';
import { transactionQuery } from './transaction-rows.ts';

export type Listing = {
  transactions: OfficeTransaction[];
  next: string | null;
  totals: { count: number; amountMinor: number; points: number; cards: number };
  days: { day: string; amountMinor: number; count: number }[];
  terminals: { id: string; label: string }[];
};

/** More days than a chart can show; the totals count them all. */
const maxDays = 400;

/**
 * A page of the shop's transactions, newest first by the time on the ticket, with the totals of the whole selection and its sums
 * per day in the shop's own time zone. Pages are cut by key, so that new rows shift nothing.
 * Refusals: InvalidRequest (a cursor or a date that cannot be read).
 */
export async function listTransactions(
  trx: TenantTransaction,
  tenant: string,
  { before, limit, ...filter }: Filter & { before?: string | undefined; limit: number },
): Promise<Result<Listing, CentralError>> {
  const where = condition(tenant, filter);
  if (!where) return err(refusal('InvalidRequest', { what: 'from, to' }));
  const page = await listPage(trx, transactionList, transactionQuery(where), { before, limit });
  if (!page.ok) return page;
  return ok({
    transactions: page.value.rows,
    next: page.value.next,
    totals: await totalsOf(trx, where),
    days: await daysOf(trx, where),
    terminals: await terminalsOf(trx, tenant),
  });
}

async function totalsOf(trx: TenantTransaction, where: RawBuilder<boolean>): Promise<Listing['totals']> {
  const { rows } = await sql<{ count: number; amount: number; points: number; cards: number }>`
    SELECT count(*) AS count, coalesce(sum(${purchaseMinor}), 0)::bigint AS amount,
      coalesce(sum(sale.points), 0)::bigint AS points, count(DISTINCT sale.card_number) AS cards
    FROM loyalty_transactions AS sale JOIN tenants USING (tenant_id) WHERE ${where}
  `.execute(trx);
  const { count, amount, points, cards } = rows[0]!;
  return { count, amountMinor: amount, points, cards };
}

async function daysOf(trx: TenantTransaction, where: RawBuilder<boolean>): Promise<Listing['days']> {
  const { rows } = await sql<{ day: string; amount: number; count: number }>`
    SELECT to_char(sale.wall_time AT TIME ZONE tenants.time_zone, 'YYYY-MM-DD') AS day,
      sum(${purchaseMinor})::bigint AS amount, count(*) AS count
    FROM loyalty_transactions AS sale JOIN tenants USING (tenant_id) WHERE ${where}
    GROUP BY day ORDER BY day DESC LIMIT ${maxDays}
  `.execute(trx);
  return rows.map(({ day, amount, count }) => ({ day, amountMinor: amount, count })).reverse();
}

const terminalsOf = (trx: TenantTransaction, tenant: string) =>
  trx
    .selectFrom('terminals')
    .select(['terminal_id as id', 'label'])
    .where('tenant_id', '=', tenant)
    .orderBy('label')
    .limit(1_000)
    .execute();
