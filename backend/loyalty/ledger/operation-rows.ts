import { sql } from 'kysely';
import type { CardOperationKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { type Reported, withOutcome } from './merge-outcomes.ts';
import type { Operation } from './operations.ts';
import type { Known } from './outcomes.ts';

/** Where operations come from: a terminal's journal, or the server itself. */
export type Origin = { tenant: string; terminal: string | null; receivedAt: Date };

/** One statement for the whole batch: one array per column. */
export async function insertOperations(
  trx: TenantTransaction,
  { tenant, terminal, receivedAt }: Origin,
  operations: readonly Operation[],
): Promise<void> {
  if (operations.length === 0) return;
  const column = <T>(of: (operation: Operation) => T): T[] => operations.map(of);
  await sql`
    INSERT INTO card_operations
      (tenant_id, terminal_id, received_at, intention, card_number, kind, programme, points, spend_minor, amount_minor, currency,
       ticket_number, reward, reverses, other_card, epoch, seq, wall_time, outcome, card_counter, card_balance)
    SELECT ${tenant}, ${terminal}::uuid, ${receivedAt}::timestamptz, *
    FROM unnest(
      ${column(({ intention }) => intention)}::uuid[], ${column(({ cardNumber }) => cardNumber)}::text[],
      ${column(({ kind }) => kind)}::text[], ${column(({ programme }) => programme)}::text[],
      ${column(({ points }) => points)}::int[], ${column(({ spendMinor }) => spendMinor)}::bigint[],
      ${column(({ amountMinor }) => amountMinor)}::bigint[], ${column(({ currency }) => currency)}::text[],
      ${column(({ ticketNumber }) => ticketNumber)}::text[],
      ${column(({ reward }) => (reward ? JSON.stringify(reward) : null))}::jsonb[],
      ${column(({ reverses }) => reverses)}::uuid[], ${column(({ otherCard }) => otherCard)}::text[],
      ${column(({ entry }) => entry?.epoch ?? null)}::int[], ${column(({ entry }) => entry?.seq ?? null)}::bigint[],
      ${column(({ wallTime }) => wallTime)}::timestamptz[], ${column(({ outcome }) => outcome)}::text[],
      ${column(({ cardCounter }) => cardCounter)}::bigint[], ${column(({ cardBalance }) => cardBalance)}::bigint[]
    )
  `.execute(trx);
}

/** An operation whose outcome has changed: as it was known, and as it is now. */
export type Settled = {
  intention: string;
  cardNumber: string;
  kind: CardOperationKind;
  points: number;
  spendMinor: number;
  writeFrom: number;
  wallTime: string;
  was: Known;
  outcome: Known;
  cardCounter: number | null;
  cardBalance: number | null;
};

type Row = {
  intention: string;
  card_number: string;
  kind: CardOperationKind;
  points: number;
  spend_minor: number;
  card_counter: number | null;
  card_balance: number | null;
  wall_time: Date;
  outcome: Known;
};

/** Puts outcomes onto operations that came in earlier batches. @returns those of which more is known than before */
export async function settleOperations(
  trx: TenantTransaction,
  tenant: string,
  reported: readonly Reported[],
): Promise<Settled[]> {
  if (reported.length === 0) return [];
  const { rows } = await sql<Row>`
    SELECT intention, card_number, kind, points, spend_minor, card_counter, card_balance, wall_time, outcome
    FROM card_operations
    WHERE tenant_id = ${tenant} AND kind <> 'moved-out' AND (intention, card_number) IN (
      SELECT * FROM unnest(${reported.map(({ intention }) => intention)}::uuid[], ${reported.map(({ cardNumber }) => cardNumber)}::text[])
    )
    ORDER BY intention, card_number FOR UPDATE
  `.execute(trx);
  const settled = rows.flatMap((row) => {
    const report = reported.find((each) => each.intention === row.intention && each.cardNumber === row.card_number)!;
    const known = { outcome: row.outcome, cardCounter: row.card_counter, cardBalance: row.card_balance };
    const now = withOutcome(known, report);
    if (now.outcome === row.outcome) return [];
    const { intention, kind, points } = row;
    const operation = { intention, kind, points, cardNumber: row.card_number, spendMinor: row.spend_minor };
    const write = { writeFrom: row.card_counter ?? 1, wallTime: row.wall_time.toISOString() };
    return [{ ...operation, ...write, was: row.outcome, ...now }];
  });
  await updateOutcomes(trx, tenant, settled);
  return settled;
}

async function updateOutcomes(trx: TenantTransaction, tenant: string, settled: readonly Settled[]): Promise<void> {
  if (settled.length === 0) return;
  await sql`
    UPDATE card_operations AS operation
    SET outcome = now.outcome, card_counter = now.card_counter, card_balance = now.card_balance
    FROM unnest(
      ${settled.map(({ intention }) => intention)}::uuid[], ${settled.map(({ cardNumber }) => cardNumber)}::text[],
      ${settled.map(({ outcome }) => outcome)}::text[], ${settled.map(({ cardCounter }) => cardCounter)}::bigint[],
      ${settled.map(({ cardBalance }) => cardBalance)}::bigint[]
    ) AS now (intention, card_number, outcome, card_counter, card_balance)
    WHERE operation.tenant_id = ${tenant} AND operation.intention = now.intention
      AND operation.card_number = now.card_number
  `.execute(trx);
}
