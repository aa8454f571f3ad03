import type { Database as Sqlite } from 'better-sqlite3';
import type { OperationFacts, ProjectionTables } from '#contract/journal/projection.ts';
import { blockedCards } from './blocked-cards.ts';
import { positionOf } from './position.ts';
import { type CardRow, cardOf, type OperationRow, operationOf } from './rows.ts';

type CardTables = Pick<ProjectionTables, 'card' | 'putCard' | 'putBlocked'>;
type OperationTables = Pick<ProjectionTables, 'putOperation' | 'operationOfIntention' | 'operationOfTicket'>;

/** The store's projections behind the same fold that recomputes them. Used inside the transaction of an append only. */
export function projectionTables(db: Sqlite): ProjectionTables {
  const count = db.prepare<[string]>(
    'insert into tallies (kind, entries, acknowledged) values (?, 1, 0) on conflict (kind) do update set entries = entries + 1',
  );
  const dropOpenWrite = db.prepare<[string]>('delete from open_writes where intention = ?');
  return {
    count: (kind) => void count.run(kind),
    ...cardTables(db),
    ...operationTables(db),
    dropOpenWrite: (intention) => void dropOpenWrite.run(intention),
  };
}

function cardTables(db: Sqlite): CardTables {
  const card = db.prepare<[string], CardRow>('select * from cards where card_number = ?');
  const putCard = db.prepare<[string, number, number, number, number]>(`
    insert into cards (card_number, balance, total_spend_minor, counter, last_entry_ms) values (?, ?, ?, ?, ?)
    on conflict (card_number) do update set balance = excluded.balance, total_spend_minor = excluded.total_spend_minor,
      counter = excluded.counter, last_entry_ms = excluded.last_entry_ms`);
  // The feed's own list: this till's word stands there at once, and the server's next word takes its place.
  const putBlocked = blockedCards(db, 'till');
  return {
    card(cardNumber) {
      const row = card.get(cardNumber);
      return row ? cardOf(row) : null;
    },
    putCard: ({ cardNumber, balance, totalSpendMinor, counter, lastEntryMs }) =>
      void putCard.run(cardNumber, balance, totalSpendMinor, counter, lastEntryMs),
    putBlocked,
  };
}

type OperationValues = [
  ...[number, string, string, string, string | null, number, number],
  ...[string | null, string | null, number, number | null, number, number],
];

function operationTables(db: Sqlite): OperationTables {
  const put = db.prepare<OperationValues>(`
    insert into operations (position, intention, kind, card_number, ticket_number, points, card_counter,
      card_outcome, print_outcome, copies, tap_to_result_ms, reversed_minor, reversed_points)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (position) do update set card_outcome = excluded.card_outcome, print_outcome = excluded.print_outcome,
      copies = excluded.copies, tap_to_result_ms = excluded.tap_to_result_ms,
      reversed_minor = excluded.reversed_minor, reversed_points = excluded.reversed_points`);
  const ofIntention = db.prepare<[string], OperationRow>(
    'select * from operations where position = (select position from journal where intention = ? and acts = 1)',
  );
  const ofTicket = db.prepare<[string], OperationRow>(
    'select * from operations where ticket_number = ? order by position desc limit 1',
  );
  const found = (row: OperationRow | undefined) => (row ? operationOf(row) : null);
  return {
    putOperation: (operation) => void put.run(...valuesOf(operation)),
    operationOfIntention: (intention) => found(ofIntention.get(intention)),
    operationOfTicket: (ticketNumber) => found(ofTicket.get(ticketNumber)),
  };
}

const valuesOf = (operation: OperationFacts): OperationValues => [
  positionOf(operation),
  operation.intention,
  operation.kind,
  operation.cardNumber,
  operation.ticketNumber,
  operation.points,
  operation.cardCounter,
  operation.cardOutcome,
  operation.printOutcome,
  operation.copies,
  operation.tapToResultMs,
  operation.reversedMinor,
  operation.reversedPoints,
];
