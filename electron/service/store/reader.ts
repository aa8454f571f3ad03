import Database, { type Database as Sqlite } from 'better-sqlite3';
import type { CountersignedHead } from '#contract/central/index.ts';
import type { Head, SealedEntry } from '#contract/journal/entry.ts';
import type { OperationFacts, OperationKind } from '#contract/journal/projection.ts';
import { placeOf, positionOf } from './position.ts';
import { type CardRow, type EntryRow, entryColumns, type OperationRow, operationOf, sealedOf } from './rows.ts';

/** A card as the till knows it. All zero and null for a card that is only on the blocked list. */
export type CardStanding = {
  balance: number;
  totalSpendMinor: number;
  counter: number;
  lastEntryMs: number | null;
  blocked: boolean;
  /** One of its operations ended in quarantine and nobody has settled it. */
  quarantined: boolean;
};

/** An operation's own entry (body, staff, time) with what became of its effects. */
export type Operation<K extends OperationKind = OperationKind> = K extends OperationKind
  ? { sealed: SealedEntry<K>; facts: OperationFacts & { kind: K } }
  : never;
export type Sale = Operation<'loyalty.sale'>;

export type Unsent = { count: number; oldestMs: number | null; byKind: Record<string, number> };

/** Looks, and cannot change: its connection is opened read-only. Lists are bounded by their `limit`. */
export interface JournalReader {
  head(): Head | null;
  total(): number;
  entry(epoch: number, seq: number): SealedEntry | null;
  /** Newest first. `before` is exclusive. */
  list(page: {
    before: { epoch: number; seq: number } | null;
    limit: number;
    kinds?: readonly string[] | undefined;
  }): SealedEntry[];
  /** Oldest first, for the outbox. Null: from the beginning. */
  entriesAfter(head: { epoch: number; seq: number } | null, limit: number): SealedEntry[];
  /** The one acting entry of an intention. */
  act(intention: string): SealedEntry | null;
  /** Every other entry of an intention, oldest first, at most 100. */
  outcomes(intention: string): SealedEntry[];
  /** Null when this till has never heard of the card. */
  card(cardNumber: string): CardStanding | null;
  /** Operations whose card write has no outcome or an unknown one, oldest first, at most 500. */
  openCardIntents(cardNumber?: string): Operation[];
  /** Operations whose ticket has no outcome, oldest first, at most 500. */
  openPrints(): Operation[];
  operation(intention: string): Operation | null;
  operationOfTicket(ticketNumber: string): Operation | null;
  sale(intention: string): Sale | null;
  /** Points this card has spent here that the server has not acknowledged; a spending that took nothing is none. Positive. */
  unsentSpending(cardNumber: string): number;
  /** What the server has not acknowledged. Costs the same whatever the number. */
  unsent(): Unsent;
  /** The newest head the server has countersigned. */
  acknowledged(): CountersignedHead | null;
  /** Of the last `count` operations, those measured; newest first. */
  recentTapToResultMs(count: number): number[];
  close(): void;
}

/** Opens the store at `path` for reading. Throws SQLite's error where there is none. */
export function openReader(path: string): JournalReader {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5_000 });
  return {
    ...entryQueries(db),
    ...cardQueries(db),
    ...operationQueries(db),
    ...outboxQueries(db),
    close: () => void db.close(),
  };
}

/** The kinds without an index: reading back a few entries finds them (migration 3). */
const writtenByEverySale: readonly string[] = ['loyalty.sale', 'card.outcome', 'ticket.outcome'];

type EntryQueries = Pick<JournalReader, 'head' | 'entry' | 'list' | 'entriesAfter' | 'act' | 'outcomes'>;

function entryQueries(db: Sqlite): EntryQueries {
  const select = `select ${entryColumns} from journal`;
  const last = db.prepare<[], { position: number; hash: string }>(
    'select position, hash from journal order by position desc limit 1',
  );
  const at = db.prepare<[number], EntryRow>(`${select} where position = ?`);
  const before = db.prepare<[number, number], EntryRow>(`${select} where position < ? order by position desc limit ?`);
  const after = db.prepare<[number, number], EntryRow>(`${select} where position > ? order by position limit ?`);
  const positionsOf = (condition: string) =>
    db
      .prepare<[string, number, number], number>(
        `select position from journal where kind = ? and ${condition} position < ? order by position desc limit ?`,
      )
      .pluck();
  const everySale = positionsOf('');
  const rare = positionsOf(`kind not in (${writtenByEverySale.map((kind) => `'${kind}'`).join(', ')}) and`);
  const isWritten = db.prepare<[string], number>('select 1 from tallies where kind = ?').pluck();
  const ofKind = (kind: string, end: number, limit: number): number[] => {
    if (isWritten.get(kind) === undefined) return [];
    return (writtenByEverySale.includes(kind) ? everySale : rare).all(kind, end, limit);
  };
  const act = db.prepare<[string], EntryRow>(`${select} where intention = ? and acts = 1`);
  const outcomes = db.prepare<[string], EntryRow>(
    `${select} where intention = ? and acts = 0 order by position limit 100`,
  );
  return {
    head() {
      const row = last.get();
      return row ? { ...placeOf(row.position), hash: row.hash } : null;
    },
    entry: (epoch, seq) => one(at.get(positionOf({ epoch, seq }))),
    list(page) {
      const end = page.before ? positionOf(page.before) : Number.MAX_SAFE_INTEGER;
      if (!page.kinds) return before.all(end, page.limit).map(sealedOf);
      // One look per kind, then merged: asking for all kinds at once would read every entry of them.
      const positions = [...new Set(page.kinds)].flatMap((kind) => ofKind(kind, end, page.limit));
      const newest = positions.sort((a, b) => b - a).slice(0, page.limit);
      return newest.map((position) => sealedOf(at.get(position)!));
    },
    entriesAfter: (head, limit) => after.all(head ? positionOf(head) : 0, limit).map(sealedOf),
    act: (intention) => one(act.get(intention)),
    outcomes: (intention) => outcomes.all(intention).map(sealedOf),
  };
}

const one = (row: EntryRow | undefined): SealedEntry | null => (row ? sealedOf(row) : null);

// Word for word the condition of the index, so that settled operations are never read.
const open =
  "((print_outcome is null and ticket_number is not null) or card_outcome is null or card_outcome in ('unknown', 'quarantined'))";

function cardQueries(db: Sqlite): Pick<JournalReader, 'card'> {
  const card = db.prepare<[string], CardRow>('select * from cards where card_number = ?');
  const blocked = db.prepare<[string], number>('select 1 from blocked_cards where card_number = ?').pluck();
  const quarantined = db
    .prepare<[string], number>(
      `select 1 from operations indexed by operations_open
       where ${open} and card_outcome = 'quarantined' and card_number = ? limit 1`,
    )
    .pluck();
  return {
    card(cardNumber) {
      const row = card.get(cardNumber);
      const isBlocked = blocked.get(cardNumber) === 1;
      if (!row && !isBlocked) return null;
      return {
        balance: row?.balance ?? 0,
        totalSpendMinor: row?.total_spend_minor ?? 0,
        counter: row?.counter ?? 0,
        lastEntryMs: row?.last_entry_ms ?? null,
        blocked: isBlocked,
        quarantined: quarantined.get(cardNumber) === 1,
      };
    },
  };
}

type OperationQueries = Pick<
  JournalReader,
  | 'openCardIntents'
  | 'openPrints'
  | 'operation'
  | 'operationOfTicket'
  | 'sale'
  | 'unsentSpending'
  | 'recentTapToResultMs'
>;
type OperationEntryRow = OperationRow & EntryRow;

function operationQueries(db: Sqlite): OperationQueries {
  const all = `select operations.*, ${entryColumns} from operations join journal using (position)`;
  const openOnes = `select operations.*, ${entryColumns}
    from operations indexed by operations_open join journal using (position) where ${open}`;
  const cardOpen = `${openOnes} and (card_outcome is null or card_outcome = 'unknown')`;
  const oldestFirst = 'order by position limit 500';
  const allOpen = db.prepare<[], OperationEntryRow>(`${cardOpen} ${oldestFirst}`);
  const openOfCard = db.prepare<[string], OperationEntryRow>(`${cardOpen} and card_number = ? ${oldestFirst}`);
  const printOpen = db.prepare<[], OperationEntryRow>(
    `${openOnes} and print_outcome is null and ticket_number is not null ${oldestFirst}`,
  );
  const ofIntention = db.prepare<[string], OperationEntryRow>(
    `${all} where position = (select position from journal where intention = ? and acts = 1)`,
  );
  const ofTicket = db.prepare<[string], OperationEntryRow>(
    `${all} where ticket_number = ? order by position desc limit 1`,
  );
  const spent = db
    .prepare<[string], number>(
      `select coalesce(-sum(points), 0) from operations where card_number = ? and kind = 'loyalty.spend'
         and card_outcome is not 'not-applied'
         and position > (select coalesce(max((epoch << 40) + seq), 0) from countersigned)`,
    )
    .pluck();
  const recent = db
    .prepare<[number], number | null>('select tap_to_result_ms from operations order by position desc limit ?')
    .pluck();
  const operation = (intention: string) => withEntry(ofIntention.get(intention));
  return {
    openCardIntents: (cardNumber) =>
      (cardNumber === undefined ? allOpen.all() : openOfCard.all(cardNumber)).map((row) => withEntry(row)!),
    openPrints: () => printOpen.all().map((row) => withEntry(row)!),
    operation,
    operationOfTicket: (ticketNumber) => withEntry(ofTicket.get(ticketNumber)),
    sale(intention) {
      const found = operation(intention);
      return found?.facts.kind === 'loyalty.sale' ? (found as Sale) : null;
    },
    unsentSpending: (cardNumber) => spent.get(cardNumber) ?? 0,
    recentTapToResultMs: (count) => recent.all(count).filter((ms) => ms !== null),
  };
}

const withEntry = (row: OperationEntryRow | undefined): Operation | null =>
  row ? ({ sealed: sealedOf(row), facts: operationOf(row) } as Operation) : null;

type OutboxQueries = Pick<JournalReader, 'total' | 'unsent' | 'acknowledged'>;
type HeadRow = { terminal: string; epoch: number; seq: number; hash: string; at_ms: number; signature: string };

function outboxQueries(db: Sqlite): OutboxQueries {
  const total = db.prepare<[], number>('select coalesce(sum(entries), 0) from tallies').pluck();
  const waiting = db.prepare<[], { kind: string; waiting: number }>(
    'select kind, entries - acknowledged as waiting from tallies where entries > acknowledged',
  );
  const newestHead = db.prepare<[], HeadRow>('select * from countersigned order by epoch desc limit 1');
  const oldest = db
    .prepare<[number], string | null>(
      `select iif(json_valid(entry), json_extract(entry, '$.wallTime'), null)
       from journal where position > ? order by position limit 1`,
    )
    .pluck();
  const acknowledged = (): CountersignedHead | null => {
    const row = newestHead.get();
    if (!row) return null;
    const { terminal, epoch, seq, hash, at_ms: atMs, signature } = row;
    return { terminal, head: { epoch, seq, hash }, atMs, signature };
  };
  return {
    total: () => total.get() ?? 0,
    acknowledged,
    unsent() {
      const byKind = Object.fromEntries(waiting.all().map((row) => [row.kind, row.waiting]));
      const head = acknowledged()?.head;
      const wallTime = oldest.get(head ? positionOf(head) : 0);
      return {
        count: Object.values(byKind).reduce((sum, count) => sum + count, 0),
        oldestMs: wallTime ? Date.parse(wallTime) : null,
        byKind,
      };
    },
  };
}
