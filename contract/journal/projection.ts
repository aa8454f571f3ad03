import type { JournalEntry } from './entry.ts';
import type { EntryBody, EntryKind } from './kinds.ts';

/** Where a card stands in this shop, by this journal. */
export type CardFacts = {
  cardNumber: string;
  balance: number;
  totalSpendMinor: number;
  counter: number;
  /** Wall time of its last sale, Unix ms: shown, never compared. */
  lastEntryMs: number;
};

/** A sale and what became of its two effects. An outcome is null until one is on record. */
export type SaleFacts = {
  epoch: number;
  seq: number;
  intention: string;
  cardNumber: string;
  ticketNumber: string;
  cardOutcome: EntryBody<'card.outcome'>['outcome'] | null;
  printOutcome: EntryBody<'ticket.outcome'>['outcome'] | null;
  /** The highest number of a copy (DUPLICATA) on record; 0 for the original alone. */
  copies: number;
  tapToResultMs: number | null;
};

/** Where a fold keeps what it has found: rows of the store, or plain maps. */
export interface ProjectionTables {
  /** One more entry of the kind. */
  count(kind: EntryKind): void;
  putCard(card: CardFacts): void;
  putSale(sale: SaleFacts): void;
  saleOfIntention(intention: string): SaleFacts | null;
  saleOfTicket(ticketNumber: string): SaleFacts | null;
}

/**
 * One step of the fold: all that an entry changes in the projections, and the only place that knows it (invariant 8).
 * A torn card write takes nothing from the balance: the ledger keeps the credit and the card follows (DESIGN §6).
 */
export function project(entry: JournalEntry, tables: ProjectionTables): void {
  tables.count(entry.kind);
  if (entry.kind === 'loyalty.sale') {
    tables.putCard(cardAfter(entry));
    tables.putSale(saleOpened(entry));
  } else if (entry.kind === 'card.outcome') {
    const sale = tables.saleOfIntention(entry.intention);
    if (sale) tables.putSale(withCardOutcome(sale, entry));
  } else if (entry.kind === 'ticket.copy') {
    const sale = tables.saleOfTicket(entry.body.ticketNumber);
    if (sale) tables.putSale({ ...sale, copies: Math.max(sale.copies, entry.body.copy) });
  } else if (entry.kind === 'ticket.outcome') {
    const sale = tables.saleOfTicket(entry.body.ticketNumber);
    if (sale) tables.putSale(withTicketOutcome(sale, entry));
  }
}

function cardAfter({ body, wallTime }: JournalEntry<'loyalty.sale'>): CardFacts {
  return {
    cardNumber: body.cardNumber,
    balance: body.balance,
    totalSpendMinor: body.totalSpendMinor,
    counter: body.cardCounter,
    lastEntryMs: Date.parse(wallTime),
  };
}

function saleOpened({ epoch, seq, intention, body }: JournalEntry<'loyalty.sale'>): SaleFacts {
  return {
    epoch,
    seq,
    intention,
    cardNumber: body.cardNumber,
    ticketNumber: body.ticketNumber,
    cardOutcome: null,
    printOutcome: null,
    copies: 0,
    tapToResultMs: null,
  };
}

const withCardOutcome = (sale: SaleFacts, { body }: JournalEntry<'card.outcome'>): SaleFacts => ({
  ...sale,
  cardOutcome: body.outcome,
  tapToResultMs: body.tapToResultMs ?? sale.tapToResultMs,
});

const withTicketOutcome = (sale: SaleFacts, { body }: JournalEntry<'ticket.outcome'>): SaleFacts => ({
  ...sale,
  printOutcome: body.outcome,
  copies: Math.max(sale.copies, body.copy),
});

/** The projections as plain maps: `cards` by number, `sales` by intention, `counts` by kind. */
export type Projection = {
  cards: Map<string, CardFacts>;
  sales: Map<string, SaleFacts>;
  counts: Map<string, number>;
};

/** An empty projection, and the tables through which `project` fills it. */
export function memoryProjection(): Projection & { tables: ProjectionTables } {
  const cards = new Map<string, CardFacts>();
  const sales = new Map<string, SaleFacts>();
  const counts = new Map<string, number>();
  const tickets = new Map<string, string>();
  const tables: ProjectionTables = {
    count: (kind) => counts.set(kind, (counts.get(kind) ?? 0) + 1),
    putCard: (card) => cards.set(card.cardNumber, card),
    putSale: (sale) => {
      sales.set(sale.intention, sale);
      tickets.set(sale.ticketNumber, sale.intention);
    },
    saleOfIntention: (intention) => sales.get(intention) ?? null,
    saleOfTicket: (ticketNumber) => sales.get(tickets.get(ticketNumber) ?? '') ?? null,
  };
  return { cards, sales, counts, tables };
}

/** Projections = fold(journal): recomputed from nothing, in the journal's order. */
export function foldProjection(entries: Iterable<JournalEntry>): Projection {
  const { tables, ...projection } = memoryProjection();
  for (const entry of entries) project(entry, tables);
  return projection;
}
