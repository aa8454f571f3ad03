import type { Database as Sqlite } from 'better-sqlite3';
import type { Head } from '#contract/journal/entry.ts';
import type { CardFacts, OperationFacts, Projection } from '#contract/journal/projection.ts';
import type { JournalFault } from '#contract/till/index.ts';
import { type CardRow, cardOf, type OperationRow, operationOf } from './rows.ts';

/**
 * Compares the store's projections with those folded from its journal (invariant 8).
 * A difference is laid at the last entry of the card or at the operation; what belongs to no entry, at the head.
 */
export function* compareProjections(db: Sqlite, folded: Projection, head: Head): Generator<void, JournalFault[]> {
  const faults: JournalFault[] = [];
  const lay = (at: { epoch: number; seq: number }) =>
    void faults.push({ epoch: at.epoch, seq: at.seq, what: 'projection' });
  const lastOf = (cardNumber: string): { epoch: number; seq: number } =>
    [...folded.operations.values()].findLast((operation) => operation.cardNumber === cardNumber) ?? head;

  if (!sameTallies(db, folded)) lay(head);
  yield;
  const cards = new Map(folded.cards);
  for (const row of db.prepare<[], CardRow>('select * from cards').iterate()) {
    const card = cards.get(row.card_number);
    if (!card || !sameFacts(card, cardOf(row))) lay(lastOf(row.card_number));
    cards.delete(row.card_number);
  }
  for (const cardNumber of cards.keys()) lay(lastOf(cardNumber));
  yield;
  const operations = new Map(folded.operations);
  for (const row of db.prepare<[], OperationRow>('select * from operations').iterate()) {
    const operation = operations.get(row.intention);
    if (!operation || !sameFacts(operation, operationOf(row))) lay(operationOf(row));
    operations.delete(row.intention);
  }
  for (const operation of operations.values()) lay(operation);
  return faults;
}

function sameTallies(db: Sqlite, { counts }: Projection): boolean {
  const rows = db.prepare<[], { kind: string; entries: number }>('select kind, entries from tallies').all();
  return rows.length === counts.size && rows.every(({ kind, entries }) => counts.get(kind) === entries);
}

/** Member by member: both sides are made of the same members, in whatever order. */
const sameFacts = <T extends CardFacts | OperationFacts>(a: T, b: T): boolean =>
  (Object.keys(a) as (keyof T)[]).every((member) => a[member] === b[member]);
