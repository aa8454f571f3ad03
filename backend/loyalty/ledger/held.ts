import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { openCardCases } from './card-cases.ts';
import { type LedgerRow, ledgerChanges, moveLedger } from './ledger-rows.ts';
import type { Operation } from './operations.ts';

/**
 * What a shop's ledger holds of one card at most, points or money, either way. A card's own record holds a thousandth of it; with a
 * batch of the largest figures on top, or another such card, it is still added up exactly (2^53).
 */
export const mostHeld = 2 ** 50;

/** How much of what is to come still fits upon what a card has. */
export const roomFor = (wanted: number, held: number): number =>
  wanted > 0 ? Math.max(0, Math.min(wanted, mostHeld - held)) : Math.min(0, Math.max(wanted, -mostHeld - held));

const isTooMuch = ({ balance, spendMinor }: Pick<LedgerRow, 'balance' | 'spendMinor'>) =>
  Math.abs(balance) > mostHeld || Math.abs(spendMinor) > mostHeld;

/** Of one batch and card: the others say no more. */
const mostCases = 20;

type Batch = { operations: readonly Operation[]; rows: readonly LedgerRow[] };

/**
 * Operations after which a card would hold more than {@link mostHeld} are made up: they count nothing, on either card that they move
 * between, and are a case. To refuse their entries would strand what a till has behind them; to add them up would in the end keep
 * every shop from replacing the card. The batch's ledger rows must be locked.
 * @returns the batch as it counts
 */
export async function withinReach(
  trx: TenantTransaction,
  { tenant, terminal, at }: { tenant: string; terminal: string | null; at: Date },
  batch: Batch,
): Promise<Batch> {
  const full = new Set(batch.rows.filter(isTooMuch).map(({ cardNumber }) => cardNumber));
  if (full.size === 0) return batch;
  const madeUp = batch.operations.filter(({ cardNumber }) => full.has(cardNumber));
  const intentions = new Set(madeUp.map(({ intention }) => intention));
  const undone = batch.operations.flatMap((operation) =>
    intentions.has(operation.intention) ? [{ ...operation, ...taken(operation), cardCounter: null, before: null }] : [],
  );
  const after = await moveLedger(trx, tenant, ledgerChanges(undone, []), at);
  await sql`
    UPDATE card_operations SET points = 0, spend_minor = 0
    WHERE tenant_id = ${tenant} AND intention = ANY(${[...intentions]}::uuid[])
  `.execute(trx);
  const cases = madeUp.slice(0, mostCases).map(({ intention, cardNumber, kind, points, spendMinor }) => ({
    ...{ kind: 'CardContradicted' as const, cardNumber, place: intention, terminal },
    evidence: { intention, kind, points, spendMinor },
  }));
  await openCardCases(trx, tenant, cases, at);
  const rowOf = new Map(after.map((row) => [row.cardNumber, row]));
  return {
    operations: batch.operations.map((each) => (intentions.has(each.intention) ? { ...each, ...nothing } : each)),
    rows: batch.rows.map((row) => ({ ...row, ...rowOf.get(row.cardNumber), fresh: row.fresh })),
  };
}

const nothing = { points: 0, spendMinor: 0 };
const taken = ({ points, spendMinor }: Operation) => ({ points: 0 - points, spendMinor: 0 - spendMinor });
