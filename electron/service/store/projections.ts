import type { Database as Sqlite } from 'better-sqlite3';
import type { ProjectionTables } from '#contract/journal/projection.ts';
import { positionOf } from './position.ts';
import { type SaleRow, saleOf } from './rows.ts';

/** The store's projections behind the same fold that recomputes them. Used inside the transaction of an append only. */
export function projectionTables(db: Sqlite): ProjectionTables {
  const count = db.prepare<[string]>(
    'insert into tallies (kind, entries, acknowledged) values (?, 1, 0) on conflict (kind) do update set entries = entries + 1',
  );
  const putCard = db.prepare<[string, number, number, number, number]>(`
    insert into cards (card_number, balance, total_spend_minor, counter, last_entry_ms) values (?, ?, ?, ?, ?)
    on conflict (card_number) do update set balance = excluded.balance, total_spend_minor = excluded.total_spend_minor,
      counter = excluded.counter, last_entry_ms = excluded.last_entry_ms`);
  const putSale = db.prepare<[number, string, string, string, string | null, string | null, number, number | null]>(`
    insert into sales (position, intention, card_number, ticket_number, card_outcome, print_outcome, copies, tap_to_result_ms)
    values (?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (position) do update set card_outcome = excluded.card_outcome, print_outcome = excluded.print_outcome,
      copies = excluded.copies, tap_to_result_ms = excluded.tap_to_result_ms`);
  const ofIntention = db.prepare<[string], SaleRow>(
    'select * from sales where position = (select position from journal where intention = ? and acts = 1)',
  );
  const ofTicket = db.prepare<[string], SaleRow>(
    'select * from sales where ticket_number = ? order by position desc limit 1',
  );
  const found = (row: SaleRow | undefined) => (row ? saleOf(row) : null);
  return {
    count: (kind) => void count.run(kind),
    putCard: (card) =>
      void putCard.run(card.cardNumber, card.balance, card.totalSpendMinor, card.counter, card.lastEntryMs),
    putSale: (sale) =>
      void putSale.run(
        positionOf(sale),
        sale.intention,
        sale.cardNumber,
        sale.ticketNumber,
        sale.cardOutcome,
        sale.printOutcome,
        sale.copies,
        sale.tapToResultMs,
      ),
    saleOfIntention: (intention) => found(ofIntention.get(intention)),
    saleOfTicket: (ticketNumber) => found(ofTicket.get(ticketNumber)),
  };
}
