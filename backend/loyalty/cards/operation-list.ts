import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { CardOperations } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { type ListFilter, listPage, type OfficeList } from '#backend/reports/office-list.ts';
import { anywhere, type ListQuery } from '#backend/reports/page.ts';
import { type OfficeCardOperation, operationKinds } from '#contract/central/office-cards.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';

type Row = Selectable<CardOperations> & { till: string | null };

/**
 * A card's operations in the shop, newest first by the time on the ticket. Searched by ticket or till, narrowed to a kind.
 * Null: a kind there is none of, or no card.
 */
export function operationsOf(tenant: string, { card, search, status }: ListFilter): ListQuery | null {
  if (card === undefined) return null;
  if (status !== undefined && !(operationKinds as readonly string[]).includes(status)) return null;
  const words = search?.trim() ?? '';
  return {
    select: sql`operation.*, terminals.label AS till`,
    from: sql`card_operations AS operation
      LEFT JOIN terminals ON terminals.tenant_id = operation.tenant_id AND terminals.terminal_id = operation.terminal_id`,
    where: sql`operation.tenant_id = ${tenant} AND operation.card_number = ${card}
      ${words === '' ? sql`` : sql`AND ${searched(words)}`} ${status ? sql`AND operation.kind = ${status}` : sql``}`,
    order: [
      { by: sql`operation.wall_time`, type: 'timestamptz' },
      { by: sql`coalesce(operation.card_counter, -1)`, type: 'bigint' },
      { by: sql`operation.intention`, type: 'uuid' },
    ],
    direction: 'desc',
  };
}

const searched = (words: string): RawBuilder<boolean> =>
  sql`(operation.ticket_number ILIKE ${anywhere(words)} OR terminals.label ILIKE ${anywhere(words)})`;

/** The same as the office's list, and its file. */
export const operationList: OfficeList<Row, OfficeCardOperation> = {
  report: {
    name: { fr: 'Mouvements de carte', en: 'Card movements' },
    columns: [
      { key: 'wallTime', label: { fr: 'Date', en: 'Date' }, kind: 'date' },
      {
        key: 'kind',
        label: { fr: 'Nature', en: 'Kind' },
        kind: 'code',
        words: {
          sale: { fr: 'Achat', en: 'Purchase' },
          spend: { fr: 'Points dépensés', en: 'Points spent' },
          reversal: { fr: 'Contre-passation', en: 'Reversal' },
          'moved-in': { fr: 'Solde reçu', en: 'Balance moved in' },
          'moved-out': { fr: 'Solde passé', en: 'Balance moved out' },
          issued: { fr: 'Carte remise', en: 'Card issued' },
        },
      },
      { key: 'otherCard', label: { fr: 'Autre carte', en: 'Other card' }, kind: 'card' },
      { key: 'till', label: { fr: 'Caisse', en: 'Till' }, kind: 'text' },
      { key: 'ticketNumber', label: { fr: 'Ticket', en: 'Ticket' }, kind: 'text' },
      { key: 'amountMinor', label: { fr: 'Montant', en: 'Amount' }, kind: 'amount' },
      { key: 'currency', label: { fr: 'Devise', en: 'Currency' }, kind: 'text' },
      { key: 'points', label: { fr: 'Points', en: 'Points' }, kind: 'points' },
      { key: 'cardBalance', label: { fr: 'Solde sur la carte', en: 'Balance on the card' }, kind: 'points' },
      { key: 'receivedAt', label: { fr: 'Reçu par le serveur', en: 'Received by the server' }, kind: 'date' },
      { key: 'intention', label: { fr: 'Identifiant', en: 'Id' }, kind: 'text' },
    ],
  },
  query: operationsOf,
  row: (row) => ({
    intention: row.intention,
    kind: row.kind,
    wallTime: row.wall_time.toISOString(),
    receivedAt: row.received_at.toISOString(),
    till: row.till,
    ticketNumber: row.ticket_number,
    points: row.points,
    amountMinor: row.amount_minor,
    currency: row.currency,
    otherCard: row.other_card,
    outcome: row.outcome,
    ...(row.outcome === 'applied'
      ? { cardCounter: row.card_counter, cardBalance: row.card_balance }
      : { cardCounter: null, cardBalance: null }),
  }),
};

const entryKind = {
  sale: 'loyalty.sale',
  spend: 'loyalty.spend',
  reversal: 'loyalty.reversal',
  'moved-in': 'card.replaced',
  'moved-out': 'card.replaced',
  issued: 'card.issued',
} as const;

/** A card's last operations for a till, which calls them by the kinds of its journal. */
export async function historyOf(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  limit: number,
): Promise<CardLedger['history']> {
  const query = operationsOf(tenant, { card: cardNumber })!;
  const page = await listPage(trx, operationList, query, { limit });
  if (!page.ok) throw new Error('a first page has no cursor that could be wrong');
  return page.value.rows.map(({ wallTime, till, kind, ticketNumber, amountMinor, points, cardBalance }) => ({
    ...{ atMs: Date.parse(wallTime), till: till ?? '', kind: entryKind[kind], ticketNumber, amountMinor, points },
    balance: cardBalance,
  }));
}
