import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Seal } from '#backend/pki/sealing.ts';
import { refusal } from '#backend/refusal.ts';
import { readPage } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeCardRow } from '#contract/central/office-cards.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { nameIndex } from '../customers/name-index.ts';
import { openPerson } from '../customers/person.ts';
import { cardsOf, shownStatus } from './card-query.ts';

export type CardPage = { cards: OfficeCardRow[]; next: string | null; totals: { cards: number; points: number } };
export type CardsAsked = {
  before?: string | undefined;
  limit: number;
  search?: string | undefined;
  status?: string | undefined;
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

const select = sql`ledger.card_number, ${shownStatus} AS status, ledger.balance, ledger.total_spend_minor AS spend,
  shop.currency,
  (SELECT coalesce(sum(points), 0)::bigint FROM open_writes AS open
    WHERE open.tenant_id = ledger.tenant_id AND open.card_number = ledger.card_number AND settled_at IS NULL) AS pending,
  ledger.updated_at, customer.customer_id, customer.person_key, customer.sealed`;

/**
 * A page of the cards that the shop has seen, with the totals of the whole selection. The transaction sees the network's rows too.
 * Names lie sealed: they are found by the beginnings of their words, through a blind index (`name-index.ts`).
 * Refusals: InvalidRequest (a cursor or a state that cannot be read).
 */
export async function listCards(
  trx: TenantTransaction,
  tenant: string,
  { seal, serverSecret }: { seal: Seal; serverSecret: string },
  { before, limit, ...filter }: CardsAsked,
): Promise<Result<CardPage, CentralError>> {
  const cards = cardsOf(tenant, filter, nameIndex(serverSecret, tenant));
  if (!cards) return err(refusal('InvalidRequest', { what: 'status' }));
  const page = await readPage<Raw>(trx, { ...cards, select }, { after: before, limit });
  if (!page.ok) return page;
  const { rows } = await sql<CardPage['totals']>`
    SELECT count(*) AS cards, coalesce(sum(ledger.balance), 0)::bigint AS points FROM ${cards.from} WHERE ${cards.where}
  `.execute(trx);
  return ok({
    cards: page.value.rows.map((raw) => officeCardRow(raw, seal)),
    next: page.value.next,
    totals: rows[0]!,
  });
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
