import type { Database as Sqlite } from 'better-sqlite3';
import type { Head } from '#contract/journal/entry.ts';
import type { CardFacts, Projection, SaleFacts } from '#contract/journal/projection.ts';
import type { JournalFault } from '#contract/till/index.ts';
import { type CardRow, cardOf, type SaleRow, saleOf } from './rows.ts';

/**
 * Compares the store's projections with those folded from its journal (invariant 8).
 * A difference is laid at the last entry of the card or at the sale; what belongs to no entry, at the head.
 */
export function* compareProjections(db: Sqlite, folded: Projection, head: Head): Generator<void, JournalFault[]> {
  const faults: JournalFault[] = [];
  const lay = (at: { epoch: number; seq: number }) =>
    void faults.push({ epoch: at.epoch, seq: at.seq, what: 'projection' });
  const lastSaleOf = (cardNumber: string): { epoch: number; seq: number } =>
    [...folded.sales.values()].findLast((sale) => sale.cardNumber === cardNumber) ?? head;

  if (!sameTallies(db, folded)) lay(head);
  yield;
  const cards = new Map(folded.cards);
  for (const row of db.prepare<[], CardRow>('select * from cards').iterate()) {
    const card = cards.get(row.card_number);
    if (!card || !sameCard(card, cardOf(row))) lay(lastSaleOf(row.card_number));
    cards.delete(row.card_number);
  }
  for (const cardNumber of cards.keys()) lay(lastSaleOf(cardNumber));
  yield;
  const sales = new Map(folded.sales);
  for (const row of db.prepare<[], SaleRow>('select * from sales').iterate()) {
    const sale = sales.get(row.intention);
    if (!sale || !sameSale(sale, saleOf(row))) lay(saleOf(row));
    sales.delete(row.intention);
  }
  for (const sale of sales.values()) lay(sale);
  return faults;
}

function sameTallies(db: Sqlite, { counts }: Projection): boolean {
  const rows = db.prepare<[], { kind: string; entries: number }>('select kind, entries from tallies').all();
  return rows.length === counts.size && rows.every(({ kind, entries }) => counts.get(kind) === entries);
}

const sameCard = (a: CardFacts, b: CardFacts): boolean =>
  a.balance === b.balance &&
  a.totalSpendMinor === b.totalSpendMinor &&
  a.counter === b.counter &&
  a.lastEntryMs === b.lastEntryMs;

const sameSale = (a: SaleFacts, b: SaleFacts): boolean =>
  a.epoch === b.epoch &&
  a.seq === b.seq &&
  a.cardNumber === b.cardNumber &&
  a.ticketNumber === b.ticketNumber &&
  a.cardOutcome === b.cardOutcome &&
  a.printOutcome === b.printOutcome &&
  a.copies === b.copies &&
  a.tapToResultMs === b.tapToResultMs;
