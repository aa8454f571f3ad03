import { JournalEntry, type SealedEntry } from '#contract/journal/entry.ts';
import type { CardFacts, SaleFacts } from '#contract/journal/projection.ts';
import { placeOf } from './position.ts';

/** The columns that make a sealed entry. */
export type EntryRow = { entry: string; hash: string; signature: string };
export const entryColumns = 'entry, hash, signature';

/** Throws where somebody damaged the entry so that it is none any more: `verify` names it. */
export function sealedOf(row: EntryRow): SealedEntry {
  return { entry: JournalEntry.parse(JSON.parse(row.entry)), hash: row.hash, signature: row.signature };
}

export type SaleRow = {
  position: number;
  intention: string;
  card_number: string;
  ticket_number: string;
  card_outcome: SaleFacts['cardOutcome'];
  print_outcome: SaleFacts['printOutcome'];
  copies: number;
  tap_to_result_ms: number | null;
};

export function saleOf(row: SaleRow): SaleFacts {
  return {
    ...placeOf(row.position),
    intention: row.intention,
    cardNumber: row.card_number,
    ticketNumber: row.ticket_number,
    cardOutcome: row.card_outcome,
    printOutcome: row.print_outcome,
    copies: row.copies,
    tapToResultMs: row.tap_to_result_ms,
  };
}

export type CardRow = {
  card_number: string;
  balance: number;
  total_spend_minor: number;
  counter: number;
  last_entry_ms: number;
};

export const cardOf = (row: CardRow): CardFacts => ({
  cardNumber: row.card_number,
  balance: row.balance,
  totalSpendMinor: row.total_spend_minor,
  counter: row.counter,
  lastEntryMs: row.last_entry_ms,
});
