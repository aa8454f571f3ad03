import { JournalEntry, type SealedEntry } from '#contract/journal/entry.ts';
import type { CardFacts, OperationFacts } from '#contract/journal/projection.ts';
import { placeOf } from './position.ts';

/** The columns that make a sealed entry. */
export type EntryRow = { entry: string; hash: string; signature: string };
export const entryColumns = 'entry, hash, signature';

/** Throws where somebody damaged the entry so that it is none any more: `verify` names it. */
export function sealedOf(row: EntryRow): SealedEntry {
  return { entry: JournalEntry.parse(JSON.parse(row.entry)), hash: row.hash, signature: row.signature };
}

export type OperationRow = {
  position: number;
  intention: string;
  kind: OperationFacts['kind'];
  card_number: string;
  ticket_number: string | null;
  points: number;
  card_counter: number;
  card_outcome: OperationFacts['cardOutcome'];
  print_outcome: OperationFacts['printOutcome'];
  copies: number;
  tap_to_result_ms: number | null;
  reversed_minor: number;
  reversed_points: number;
};

export function operationOf(row: OperationRow): OperationFacts {
  return {
    ...placeOf(row.position),
    intention: row.intention,
    kind: row.kind,
    cardNumber: row.card_number,
    ticketNumber: row.ticket_number,
    points: row.points,
    cardCounter: row.card_counter,
    cardOutcome: row.card_outcome,
    printOutcome: row.print_outcome,
    copies: row.copies,
    tapToResultMs: row.tap_to_result_ms,
    reversedMinor: row.reversed_minor,
    reversedPoints: row.reversed_points,
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
