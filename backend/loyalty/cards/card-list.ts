import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { anywhere, type ListQuery, readPage } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { ok, type Result } from '#contract/result/index.ts';
import { nameIndex } from '../customers/name-index.ts';
import { openPerson } from '../customers/person.ts';

export type CardPage = { cards: OfficeCardRow[]; next: string | null; totals: { cards: number; points: number } };
export type CardsAsked = {
  before?: string | undefined;
  limit: number;
  search?: string | undefined;
  status?: OfficeCardRow['status'] | undefined;
};

type Raw = {
  card_number: string;
  status: OfficeCardRow['status'];
  balance: number;
  spend: number;
  currency: CurrencyCode;
  pending: number;
  updated_at: Date;
  customer_id: string | null;
  person_key: Buffer | null;
  sealed: Buffer | null;
};

/**
 * A page of the cards that the shop has seen, the last used first, with the totals of the whole selection. The transaction sees the
 * network's rows too. Names lie sealed: they are found by the beginnings of their words, through a blind index (`name-index.ts`).
 * Refusals: InvalidRequest (a cursor that cannot be read).
 */
export async function listCards(
  trx: TenantTransaction,
  { tenant, network }: { tenant: string; network: number },
  { seal, serverSecret }: { seal: Seal; serverSecret: string },
  { before, limit, search, status }: CardsAsked,
): Promise<Result<CardPage, CentralError>> {
  const parts = [sql<boolean>`ledger.tenant_id = ${tenant}`];
  if (status) parts.push(sql`${statusOf} = ${status}`);
  if (search?.trim()) parts.push(searched(search, nameIndex(serverSecret, tenant)));
  const query = queryOf(tenant, network, sql.join(parts, sql` AND `));
  const page = await readPage<Raw>(trx, query, { after: before, limit });
  if (!page.ok) return page;
  const { rows } = await sql<CardPage['totals']>`
    SELECT count(*) AS cards, coalesce(sum(ledger.balance), 0)::bigint AS points FROM ${query.from} WHERE ${query.where}
  `.execute(trx);
  const cards = page.value.rows.map((raw) => officeCardRow(raw, seal));
  return ok({ cards, next: page.value.next, totals: rows[0]! });
}

const statusOf = sql<string>`CASE WHEN card.status IN ('blocked', 'replaced') THEN card.status ELSE 'active' END`;

const queryOf = (tenant: string, network: number, where: RawBuilder<unknown>): ListQuery => ({
  select: sql`ledger.card_number, ${statusOf} AS status, ledger.balance, ledger.total_spend_minor AS spend, shop.currency,
    (SELECT coalesce(sum(points), 0)::bigint FROM open_writes AS open
      WHERE open.tenant_id = ${tenant} AND open.card_number = ledger.card_number AND settled_at IS NULL) AS pending,
    ledger.updated_at, customer.customer_id, customer.person_key, customer.sealed`,
  from: sql`card_ledger AS ledger JOIN tenants AS shop ON shop.tenant_id = ${tenant}
    LEFT JOIN cards AS card ON card.network_id = ${network} AND card.card_number = ledger.card_number
    LEFT JOIN customers AS customer ON customer.tenant_id = ${tenant} AND customer.card_number = ledger.card_number`,
  where,
  order: [
    { by: sql`ledger.updated_at`, type: 'timestamptz' },
    { by: sql`ledger.card_number`, type: 'text' },
  ],
  direction: 'desc',
});

/** Digits are part of a card's number however it is spaced; all else is a name. */
function searched(search: string, index: ReturnType<typeof nameIndex>): RawBuilder<boolean> {
  const digits = search.replace(/[\s.-]/g, '');
  if (/^\d+$/.test(digits)) return sql`ledger.card_number LIKE ${anywhere(digits)}`;
  const wanted = index.wanted(search);
  return wanted === null ? sql`false` : sql`customer.name_index @> ${wanted}::text[]`;
}

const officeCardRow = (raw: Raw, seal: Seal): OfficeCardRow => ({
  cardNumber: raw.card_number,
  status: raw.status,
  balance: raw.balance,
  totalSpendMinor: Math.max(0, raw.spend),
  currency: raw.currency,
  pendingPoints: raw.pending,
  updatedAt: raw.updated_at.toISOString(),
  holder: raw.customer_id === null ? null : (openPerson(seal, { ...raw, customer_id: raw.customer_id })?.name ?? null),
});
