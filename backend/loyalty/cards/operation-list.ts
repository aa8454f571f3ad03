import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { CardOperations } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { OfficeCardOperation } from '#contract/central/office-cards.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';

type Row = Selectable<CardOperations> & { till: string | null };

/** A card's last operations in the shop, newest first by the time on the ticket. */
export async function operationsOfCard(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  limit: number,
): Promise<OfficeCardOperation[]> {
  const { rows } = await sql<Row>`
    SELECT operation.*, terminals.label AS till FROM card_operations AS operation
    LEFT JOIN terminals ON terminals.tenant_id = operation.tenant_id AND terminals.terminal_id = operation.terminal_id
    WHERE operation.tenant_id = ${tenant} AND operation.card_number = ${cardNumber}
    ORDER BY operation.wall_time DESC, operation.card_counter DESC NULLS LAST, operation.intention DESC LIMIT ${limit}
  `.execute(trx);
  return rows.map((row) => ({
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
  }));
}

const entryKind = {
  sale: 'loyalty.sale',
  spend: 'loyalty.spend',
  reversal: 'loyalty.reversal',
  'moved-in': 'card.replaced',
  'moved-out': 'card.replaced',
  issued: 'card.issued',
} as const;

/** The same for a till, which calls operations by the kinds of its journal. */
export const historyOf = (operations: readonly OfficeCardOperation[]): CardLedger['history'] =>
  operations.map(({ wallTime, till, kind, ticketNumber, amountMinor, points, cardBalance }) => ({
    ...{ atMs: Date.parse(wallTime), till: till ?? '', kind: entryKind[kind], ticketNumber, amountMinor, points },
    balance: cardBalance,
  }));
