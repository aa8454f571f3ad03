import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Settled } from './operation-rows.ts';
import type { Operation } from './operations.ts';
import { counts } from './outcomes.ts';

/** All that a batch changes in one card's ledger row. */
type Change = {
  cardNumber: string;
  points: number;
  spendMinor: number;
  counter: number;
  before: Operation['before'];
};

/** A card's row after a batch. `fresh`: the shop has never had this card before. */
export type LedgerRow = {
  cardNumber: string;
  balance: number;
  spendMinor: number;
  counter: number;
  replacedBy: string | null;
  fresh: boolean;
};

/** One change per card, in the order of their numbers, so that batches that touch the same cards wait for each other in turn. */
export function ledgerChanges(operations: readonly Operation[], settled: readonly Settled[]): Change[] {
  const changes = new Map<string, Change>();
  const change = (cardNumber: string): Change => {
    const found = changes.get(cardNumber) ?? { cardNumber, points: 0, spendMinor: 0, counter: 0, before: null };
    changes.set(cardNumber, found);
    return found;
  };
  for (const operation of operations) {
    const of = change(operation.cardNumber);
    if (counts(operation.kind, operation.outcome)) {
      of.points += operation.points;
      of.spendMinor += operation.spendMinor;
    }
    if (operation.outcome === 'applied') of.counter = Math.max(of.counter, operation.cardCounter ?? 0);
    of.before = earlier(of.before, operation.before);
  }
  for (const { cardNumber, kind, was, outcome, points, spendMinor, cardCounter } of settled) {
    const of = change(cardNumber);
    const times = Number(counts(kind, outcome)) - Number(counts(kind, was));
    of.points += times * points;
    of.spendMinor += times * spendMinor;
    if (outcome === 'applied') of.counter = Math.max(of.counter, cardCounter ?? 0);
  }
  return [...changes.values()].sort((a, b) => (a.cardNumber < b.cardNumber ? -1 : 1));
}

/** The state of a card before the least counter is its opening; of two at one place, the smaller: so that all orders agree. */
function earlier(one: Operation['before'], other: Operation['before']): Operation['before'] {
  if (one === null || other === null) return one ?? other;
  const [a, b] = [one, other].map(({ counter, balance, spendMinor }) => [counter, balance, spendMinor]);
  for (const [index, value] of a!.entries()) if (value !== b![index]) return value < b![index]! ? one : other;
  return one;
}

/**
 * Moves the ledger. A row holds the sum of what its operations moved, on top of what the card held before the first of them;
 * when an earlier one comes later, that opening moves back with it. The rows stay locked until the transaction ends.
 */
export async function moveLedger(
  trx: TenantTransaction,
  tenant: string,
  changes: readonly Change[],
  at: Date,
): Promise<LedgerRow[]> {
  if (changes.length === 0) return [];
  const column = <T>(of: (change: Change) => T): T[] => changes.map(of);
  const { rows } = await sql<LedgerRow>`
    INSERT INTO card_ledger AS held (tenant_id, card_number, balance, total_spend_minor, counter, opening_counter,
      opening_balance, opening_spend_minor, updated_at)
    SELECT ${tenant}, card, points + opening_balance, spend + opening_spend, counter, opening_counter,
      opening_balance, opening_spend, ${at}::timestamptz
    FROM unnest(
      ${column(({ cardNumber }) => cardNumber)}::text[], ${column(({ points }) => points)}::bigint[],
      ${column(({ spendMinor }) => spendMinor)}::bigint[], ${column(({ counter }) => counter)}::bigint[],
      ${column(({ before }) => before?.counter ?? null)}::bigint[], ${column(({ before }) => before?.balance ?? 0)}::bigint[],
      ${column(({ before }) => before?.spendMinor ?? 0)}::bigint[]
    ) AS change (card, points, spend, counter, opening_counter, opening_balance, opening_spend)
    ORDER BY card
    ON CONFLICT (tenant_id, card_number) DO UPDATE SET
      balance = held.balance + excluded.balance - CASE WHEN ${opensEarlier} THEN held.opening_balance ELSE excluded.opening_balance END,
      total_spend_minor = held.total_spend_minor + excluded.total_spend_minor
        - CASE WHEN ${opensEarlier} THEN held.opening_spend_minor ELSE excluded.opening_spend_minor END,
      counter = greatest(held.counter, excluded.counter),
      opening_counter = CASE WHEN ${opensEarlier} THEN excluded.opening_counter ELSE held.opening_counter END,
      opening_balance = CASE WHEN ${opensEarlier} THEN excluded.opening_balance ELSE held.opening_balance END,
      opening_spend_minor = CASE WHEN ${opensEarlier} THEN excluded.opening_spend_minor ELSE held.opening_spend_minor END,
      updated_at = excluded.updated_at
    RETURNING card_number AS "cardNumber", balance, total_spend_minor AS "spendMinor", counter,
      replaced_by AS "replacedBy", (xmax = 0) AS fresh
  `.execute(trx);
  return rows;
}

const opensEarlier = sql<boolean>`(excluded.opening_counter IS NOT NULL AND (held.opening_counter IS NULL OR
  (excluded.opening_counter, excluded.opening_balance, excluded.opening_spend_minor)
    < (held.opening_counter, held.opening_balance, held.opening_spend_minor)))`;
