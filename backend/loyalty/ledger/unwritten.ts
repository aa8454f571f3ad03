import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { mostHeld } from './held.ts';
import { type LedgerRow, ledgerChanges, moveLedger } from './ledger-rows.ts';
import { insertOperations } from './operation-rows.ts';
import { mostMoves, moveOf, type Operation, pointsOfOne } from './operations.ts';
import type { CardWork } from './parts.ts';

type Away = { points: number; spendMinor: number; programme: string; currency: CurrencyCode | null };

/**
 * A card that was replaced is in use again. What left it for the other card was never taken off its chip, so it comes back without
 * being written there: only what both cards did since is still to be written. Balances of the two together stay what they were.
 * @returns the ledger rows of both
 */
export async function giveBack(
  trx: TenantTransaction,
  tenant: string,
  { from, to }: { from: string; to: string },
  { at, ids }: CardWork,
): Promise<LedgerRow[]> {
  let { points, spendMinor, programme, currency } = await awayFrom(trx, tenant, to);
  const operations: Operation[] = [];
  for (let step = 0; step < mostMoves && (points !== 0 || spendMinor !== 0); step++) {
    const part = { points: pointsOfOne(points), spendMinor };
    const made = { intention: ids.uuid(), wallTime: at.toISOString(), entry: null, writeFrom: 1 };
    const [out, back] = moveOf(from, to, { ...made, ...part, programme, currency });
    operations.push(out!, { ...back!, outcome: 'applied' });
    [points, spendMinor] = [points - part.points, 0];
  }
  await insertOperations(trx, { tenant, terminal: null, receivedAt: at }, operations);
  return moveLedger(trx, tenant, ledgerChanges(operations, []), at);
}

/** What has left a card without a record on it, less what {@link giveBack} gave back: that is applied, and stands at no counter. */
async function awayFrom(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<Away> {
  const within = (sum: ReturnType<typeof sql>) =>
    sql`greatest(${-mostHeld}::bigint, least(${mostHeld}::bigint, ${sum}))::bigint`;
  const { rows } = await sql<Away>`
    SELECT ${within(sql`coalesce(-sum(points), 0)`)} AS points, ${within(sql`coalesce(-sum(spend_minor), 0)`)} AS "spendMinor",
      coalesce((array_agg(programme ORDER BY wall_time DESC))[1], '') AS programme,
      (array_agg(currency ORDER BY wall_time DESC))[1] AS currency
    FROM card_operations
    WHERE tenant_id = ${tenant} AND card_number = ${cardNumber} AND (kind = 'moved-out'
      OR kind = 'moved-in' AND terminal_id IS NULL AND outcome = 'applied' AND card_counter IS NULL)
  `.execute(trx);
  return rows[0]!;
}
