import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { type CardCase, openCardCases } from './card-cases.ts';
import type { LedgerRow } from './ledger-rows.ts';
import type { Settled } from './operation-rows.ts';
import type { Operation } from './operations.ts';
import { counts } from './outcomes.ts';
import { overReversed } from './over-reversed.ts';
import { contradiction, findings, neighboursOf, type OnCard } from './succession.ts';

type Batch = {
  tenant: string;
  /** Null: the server has seen it itself. */
  terminal: string | null;
  at: Date;
  operations: readonly Operation[];
  settled: readonly Settled[];
  rows: readonly LedgerRow[];
};

/** Looks for what a person must decide in what a batch has brought. The cards' ledger rows must be locked: else two batches miss each other. */
export async function checkCards(trx: TenantTransaction, batch: Batch): Promise<void> {
  const { tenant, terminal, at } = batch;
  const contradicted = await checkSuccession(trx, batch);
  await openCardCases(trx, tenant, [...contradicted, ...quarantined(batch), ...(await overReversed(trx, batch))], at);
  await markOverspent(trx, batch);
  await openOverspent(
    trx,
    tenant,
    batch.rows.map(({ cardNumber }) => cardNumber),
    terminal,
    at,
  );
}

function recordsOf({ operations, settled }: Batch): OnCard[] {
  const fresh = [...operations, ...settled.filter(({ was }) => was !== 'applied')];
  return fresh.flatMap(({ intention, cardNumber, outcome, cardCounter, cardBalance, points }) =>
    outcome === 'applied' && cardCounter !== null && cardBalance !== null
      ? [{ intention, cardNumber, counter: cardCounter, balance: cardBalance, points }]
      : [],
  );
}

async function checkSuccession(trx: TenantTransaction, batch: Batch): Promise<CardCase[]> {
  const { tenant, terminal } = batch;
  const found = (await neighboursOf(trx, tenant, recordsOf(batch))).flatMap(findings);
  const unexplained = found.flatMap((each) => (each.what === 'unexplained' ? [each.record] : []));
  const explained = found.flatMap((each) => (each.what === 'explained' ? [each.record] : []));
  await markUnexplained(trx, tenant, explained, false);
  await markUnexplained(trx, tenant, unexplained, true);
  return found.flatMap((each) => (each.what === 'contradicted' ? [contradiction(each, terminal)] : []));
}

async function markUnexplained(
  trx: TenantTransaction,
  tenant: string,
  records: readonly OnCard[],
  unexplained: boolean,
): Promise<void> {
  if (records.length === 0) return;
  await sql`
    UPDATE card_operations SET unexplained = ${unexplained}
    WHERE tenant_id = ${tenant} AND unexplained <> ${unexplained} AND (intention, card_number) IN (
      SELECT * FROM unnest(${records.map(({ intention }) => intention)}::uuid[], ${records.map(({ cardNumber }) => cardNumber)}::text[])
    )
  `.execute(trx);
}

const quarantined = ({ operations, settled, terminal }: Batch): CardCase[] =>
  [...operations, ...settled].flatMap(({ intention, cardNumber, outcome, points, kind }) =>
    outcome === 'quarantined'
      ? [{ kind: 'CardQuarantined', cardNumber, place: intention, terminal, evidence: { intention, kind, points } }]
      : [],
  );

/**
 * A spending that left the ledger below zero, in the order of its journal, took points that were not there, unless a credit made
 * before it is still to come. A balance that a later reversal makes negative is none: that is legal.
 */
async function markOverspent(trx: TenantTransaction, { tenant, operations, rows }: Batch): Promise<void> {
  const covered = rows.flatMap(({ balance, cardNumber }) => (balance >= 0 ? [cardNumber] : []));
  await sql`
    UPDATE card_operations SET overspent = false
    WHERE tenant_id = ${tenant} AND (unexplained OR overspent) AND overspent AND card_number = ANY(${covered}::text[])
  `.execute(trx);
  const spent = overspending(operations, rows);
  if (spent.length === 0) return;
  await sql`
    UPDATE card_operations SET overspent = true
    WHERE tenant_id = ${tenant} AND intention = ANY(${spent}::uuid[]) AND kind = 'spend'
  `.execute(trx);
}

/** @returns intentions of the batch's spendings after which the running balance was negative, told back from the balance at its end */
export function overspending(
  operations: readonly Pick<Operation, 'intention' | 'cardNumber' | 'kind' | 'outcome' | 'points'>[],
  rows: readonly Pick<LedgerRow, 'cardNumber' | 'balance'>[],
): string[] {
  const balances = new Map(rows.map(({ cardNumber, balance }) => [cardNumber, balance]));
  const found: string[] = [];
  for (const { intention, cardNumber, kind, outcome, points } of operations.toReversed()) {
    if (!counts(kind, outcome)) continue;
    const after = balances.get(cardNumber) ?? 0;
    if (kind === 'spend' && after < 0) found.push(intention);
    balances.set(cardNumber, after - points);
  }
  return found;
}

type Overspent = { intention: string; card_number: string; points: number };

/** Cards whose overspending nothing more can explain: none of their records waits for one in between. */
export async function openOverspent(
  trx: TenantTransaction,
  tenant: string,
  cards: readonly string[],
  terminal: string | null,
  at: Date,
): Promise<void> {
  const balances = await overspentBalances(trx, tenant, cards);
  if (balances.size === 0) return;
  const { rows } = await sql<Overspent>`
    UPDATE card_operations SET overspent = false
    WHERE tenant_id = ${tenant} AND (unexplained OR overspent) AND overspent AND card_number = ANY(${[...balances.keys()]}::text[])
    RETURNING intention, card_number, points
  `.execute(trx);
  const cases = rows.map(({ intention, card_number: cardNumber, points }): CardCase => {
    const evidence = { intention, points, ledgerBalance: balances.get(cardNumber) };
    return { kind: 'OverspentOffline', cardNumber, place: intention, terminal, evidence };
  });
  await openCardCases(trx, tenant, cases, at);
}

/**
 * Of these cards the overspent ones without a gap, with their balances. Nearly always there are none: what is in doubt is looked at
 * first, by its own small index, and the ledger only then.
 */
async function overspentBalances(
  trx: TenantTransaction,
  tenant: string,
  cards: readonly string[],
): Promise<Map<string, number>> {
  const { rows: doubtful } = await sql<{ card_number: string; waits: boolean }>`
    SELECT card_number, bool_or(unexplained) AS waits FROM card_operations
    WHERE tenant_id = ${tenant} AND (unexplained OR overspent) AND card_number = ANY(${cards}::text[])
    GROUP BY card_number HAVING bool_or(overspent)
  `.execute(trx);
  const sure = doubtful.filter(({ waits }) => !waits).map(({ card_number }) => card_number);
  if (sure.length === 0) return new Map();
  const rows = await trx
    .selectFrom('card_ledger')
    .select(['card_number', 'balance'])
    .where('tenant_id', '=', tenant)
    .where('card_number', 'in', sure)
    .execute();
  return new Map(rows.map(({ card_number, balance }) => [card_number, balance]));
}
