import type { JournalEntry } from './entry.ts';
import type { EntryBody, EntryKind } from './kinds.ts';

/** Where a card stands in this shop, by this journal. */
export type CardFacts = {
  cardNumber: string;
  /** What the card holds once all that this journal knows of has reached it. */
  balance: number;
  totalSpendMinor: number;
  /** The highest counter that this journal knows a record of the card to have, an intent whose write is still open included. */
  counter: number;
  /** Wall time of its last operation, Unix ms: shown, never compared. */
  lastEntryMs: number;
};

/** The kinds whose effect is a record on a card. */
export type OperationKind = Extract<EntryKind, 'loyalty.sale' | 'loyalty.spend' | 'loyalty.reversal' | 'card.replaced'>;

/** An operation and what became of its effects. An outcome is null until one is on record. */
export type OperationFacts = {
  epoch: number;
  seq: number;
  intention: string;
  kind: OperationKind;
  cardNumber: string;
  /** Null: it has no ticket. */
  ticketNumber: string | null;
  /** The change of the card's balance. */
  points: number;
  /** Where its record stands on the card; of one made without the card, the least it can be. */
  cardCounter: number;
  cardOutcome: EntryBody<'card.outcome'>['outcome'] | null;
  printOutcome: EntryBody<'ticket.outcome'>['outcome'] | null;
  /** The highest number of a copy (DUPLICATA) on record; 0 for the original alone. */
  copies: number;
  tapToResultMs: number | null;
  /** What reversals in this journal have taken back of it. Points: of its own `points`, with their sign. */
  reversedMinor: number;
  reversedPoints: number;
};

/** Where a fold keeps what it has found: rows of the store, or plain maps. */
export interface ProjectionTables {
  /** One more entry of the kind. */
  count(kind: EntryKind): void;
  card(cardNumber: string): CardFacts | null;
  putCard(card: CardFacts): void;
  putOperation(operation: OperationFacts): void;
  operationOfIntention(intention: string): OperationFacts | null;
  operationOfTicket(ticketNumber: string): OperationFacts | null;
  /** The journal's last word on a card, until the server has another. */
  /** @param replacedBy the card that took its place, where this journal says so */
  putBlocked(cardNumber: string, blocked: boolean, replacedBy: string | null): void;
  /** A write that other tills know of is settled here. */
  dropOpenWrite(intention: string): void;
}

/** One step of the fold: all that an entry changes in the projections, and the only place that knows it (invariant 8). */
export function project(entry: JournalEntry, tables: ProjectionTables): void {
  tables.count(entry.kind);
  switch (entry.kind) {
    case 'loyalty.sale':
    case 'loyalty.spend':
      tables.putCard(cardAfter(entry));
      tables.putOperation(opened(entry, entry.body.cardNumber, entry.body.ticketNumber));
      break;
    case 'loyalty.reversal':
      reverse(entry, tables);
      break;
    case 'card.issued':
      issue(entry, tables);
      break;
    case 'card.blocked':
      tables.putBlocked(entry.body.cardNumber, entry.body.blocked, null);
      break;
    case 'card.replaced':
      replace(entry, tables);
      break;
    case 'card.outcome':
      settleCard(entry, tables);
      break;
    case 'ticket.copy':
    case 'ticket.outcome':
      countTicket(entry, tables);
  }
}

const wallMs = ({ wallTime }: { wallTime: string }): number => Date.parse(wallTime);

const cardAfter = (entry: JournalEntry<'loyalty.sale' | 'loyalty.spend'>): CardFacts => ({
  cardNumber: entry.body.cardNumber,
  balance: entry.body.balance,
  totalSpendMinor: entry.body.totalSpendMinor,
  counter: entry.body.cardCounter,
  lastEntryMs: wallMs(entry),
});

/** The entry of a card that was in use by the time its issue was put on record tells nothing new of it. */
function issue(entry: JournalEntry<'card.issued'>, tables: ProjectionTables): void {
  const { cardNumber, balance, cardCounter: counter } = entry.body;
  const known = tables.card(cardNumber);
  if (known && known.counter > counter) return;
  tables.putCard({ cardNumber, balance, totalSpendMinor: 0, counter, lastEntryMs: wallMs(entry) });
}

const opened = (
  { epoch, seq, intention, kind, body }: JournalEntry<OperationKind>,
  cardNumber: string,
  ticketNumber: string | null,
): OperationFacts => ({
  epoch,
  seq,
  intention,
  kind,
  cardNumber,
  ticketNumber,
  points: body.points,
  cardCounter: body.cardCounter,
  cardOutcome: null,
  printOutcome: null,
  copies: 0,
  tapToResultMs: null,
  reversedMinor: 0,
  reversedPoints: 0,
});

/** The ledger moves now, the card at its next tap: its counter stays. A card this till has not seen has nothing to move. */
function move(tables: ProjectionTables, cardNumber: string, points: number, spendMinor: number, atMs: number): void {
  const card = tables.card(cardNumber);
  if (!card) return;
  const { balance, totalSpendMinor } = card;
  tables.putCard({
    ...card,
    balance: balance + points,
    totalSpendMinor: Math.max(0, totalSpendMinor + spendMinor),
    lastEntryMs: atMs,
  });
}

function reverse(entry: JournalEntry<'loyalty.reversal'>, tables: ProjectionTables): void {
  const { body } = entry;
  move(tables, body.cardNumber, body.points, body.spendMinor, wallMs(entry));
  tables.putOperation(opened(entry, body.cardNumber, body.ticketNumber));
  const reversed = tables.operationOfIntention(body.reverses.intention);
  if (!reversed) return;
  const { reversedMinor, reversedPoints } = reversed;
  tables.putOperation({
    ...reversed,
    reversedMinor: reversedMinor + body.amountMinor,
    reversedPoints: reversedPoints - body.points,
  });
}

function replace(entry: JournalEntry<'card.replaced'>, tables: ProjectionTables): void {
  const { fromCard, toCard, points, spendMinor } = entry.body;
  move(tables, fromCard, -points, -spendMinor, wallMs(entry));
  move(tables, toCard, points, spendMinor, wallMs(entry));
  tables.putOperation(opened(entry, toCard, null));
  tables.putBlocked(fromCard, true, toCard);
}

/**
 * A torn credit takes nothing from the balance: the ledger keeps it and the card follows (DESIGN §6). A spending that did not
 * reach the card is no spending: its points are there again.
 */
function settleCard({ intention, body }: JournalEntry<'card.outcome'>, tables: ProjectionTables): void {
  const operation = tables.operationOfIntention(intention);
  const card = body.cardCounter === undefined && !isGivenBack(operation, body) ? null : tables.card(body.cardNumber);
  if (card) tables.putCard(cardSettled(card, operation, body));
  if (operation) tables.putOperation(withCardOutcome(operation, body));
  // What the feed says of it is of no more use. A write that was never open to others has nothing there.
  const wasOpen = !operation || operation.cardOutcome === 'unknown' || operation.kind !== 'loyalty.sale';
  if (wasOpen && body.outcome !== 'unknown') tables.dropOpenWrite(intention);
}

type Outcome = EntryBody<'card.outcome'>;

/** The outcome says for the first time that this spending took nothing. */
const isGivenBack = (operation: OperationFacts | null, { outcome }: Outcome): operation is OperationFacts =>
  operation?.kind === 'loyalty.spend' && outcome === 'not-applied' && operation.cardOutcome !== 'not-applied';

function cardSettled(card: CardFacts, operation: OperationFacts | null, body: Outcome): CardFacts {
  const { cardCounter, balance } = body;
  if (isGivenBack(operation, body)) {
    const counter = cardCounter ?? operation.cardCounter - 1;
    return { ...card, counter, balance: card.balance - operation.points };
  }
  // A record above all that this journal knew: whatever other tills wrote in between is in its balance.
  const isNews = cardCounter !== undefined && cardCounter > card.counter && body.outcome === 'applied';
  return isNews ? { ...card, counter: cardCounter, balance: balance ?? card.balance } : card;
}

const withCardOutcome = (operation: OperationFacts, { outcome, tapToResultMs }: Outcome): OperationFacts => ({
  ...operation,
  cardOutcome: outcome,
  tapToResultMs: tapToResultMs ?? operation.tapToResultMs,
});

function countTicket(entry: JournalEntry<'ticket.copy' | 'ticket.outcome'>, tables: ProjectionTables): void {
  const operation = tables.operationOfTicket(entry.body.ticketNumber);
  if (!operation) return;
  const copies = Math.max(operation.copies, entry.body.copy);
  const printed = entry.kind === 'ticket.outcome' ? { printOutcome: entry.body.outcome } : {};
  tables.putOperation({ ...operation, copies, ...printed });
}

/** The projections as plain maps: `cards` by number, `operations` by intention, `counts` by kind. */
export type Projection = {
  cards: Map<string, CardFacts>;
  operations: Map<string, OperationFacts>;
  counts: Map<string, number>;
  /** Cards on whose use this journal has said something, and what it said last. */
  blocked: Map<string, boolean>;
};

/** An empty projection, and the tables through which `project` fills it. */
export function memoryProjection(): Projection & { tables: ProjectionTables } {
  const cards = new Map<string, CardFacts>();
  const operations = new Map<string, OperationFacts>();
  const counts = new Map<string, number>();
  const blocked = new Map<string, boolean>();
  const tickets = new Map<string, string>();
  const tables: ProjectionTables = {
    count: (kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
    card: (cardNumber) => cards.get(cardNumber) ?? null,
    putCard: (card) => cards.set(card.cardNumber, card),
    putOperation: (operation) => {
      operations.set(operation.intention, operation);
      if (operation.ticketNumber !== null) tickets.set(operation.ticketNumber, operation.intention);
    },
    operationOfIntention: (intention) => operations.get(intention) ?? null,
    operationOfTicket: (ticketNumber) => operations.get(tickets.get(ticketNumber) ?? '') ?? null,
    putBlocked: (cardNumber, isBlocked) => blocked.set(cardNumber, isBlocked),
    dropOpenWrite: () => undefined,
  };
  return { cards, operations, counts, blocked, tables };
}

/** Projections = fold(journal): recomputed from nothing, in the journal's order. */
export function foldProjection(entries: Iterable<JournalEntry>): Projection {
  const { tables, ...projection } = memoryProjection();
  for (const entry of entries) project(entry, tables);
  return projection;
}
