import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { Uuid } from '#contract/ids/index.ts';
import { JournalEntry } from '#contract/journal/entry.ts';
import { type Reward, Reward as RewardSchema, type Tender } from '#contract/journal/kinds/loyalty.ts';
import { ownPoints } from '#contract/loyalty/reversal.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { FoundOperation } from '#contract/till/loyalty.ts';
import type { Known } from '../ledger/outcomes.ts';

export type CentralOperation = FoundOperation & {
  terminal: string;
  epoch: number;
  seq: number;
  cardCounter: number;
  programme: string;
  ownPoints: number;
  tender?: Tender;
  doubt?: 'unknown' | 'not-applied' | 'quarantined';
};

type Row = {
  intention: string;
  card_number: string;
  kind: 'sale' | 'spend';
  programme: string;
  points: number;
  amount_minor: number;
  currency: CurrencyCode;
  ticket_number: string;
  reward: Reward | null;
  terminal_id: string;
  epoch: number;
  seq: number;
  wall_time: Date;
  outcome: Known;
  card_counter: number;
  till: string | null;
  back_minor: number;
  back_points: number;
  canonical: string;
};

/**
 * A sale or a spending of any till of the shop, by its intention or its ticket's number, with what reversals have left of it. Of a
 * spending that did not reach its card nothing is left: its points are back already. A ticket's number is a shop's own; of two alike
 * (a till restored from a backup names its epoch, so there are none) the newest.
 */
export async function findOperation(
  trx: TenantTransaction,
  tenant: string,
  key: string,
): Promise<CentralOperation | null> {
  const which = Uuid.safeParse(key).success
    ? sql`operation.intention = ${key}::uuid`
    : sql`operation.ticket_number = ${key}`;
  const { rows } = await sql<Row>`
    SELECT operation.*, entry.canonical, terminals.label AS till, back.minor AS back_minor, back.points AS back_points
    FROM card_operations AS operation JOIN journal_entries AS entry USING (tenant_id, terminal_id, epoch, seq)
    LEFT JOIN terminals ON terminals.tenant_id = operation.tenant_id AND terminals.terminal_id = operation.terminal_id
    CROSS JOIN LATERAL (
      SELECT coalesce(sum(amount_minor), 0)::bigint AS minor, coalesce(sum(points), 0)::bigint AS points
      FROM card_operations AS reversal
      WHERE reversal.tenant_id = ${tenant} AND reversal.reverses = operation.intention
    ) AS back
    WHERE operation.tenant_id = ${tenant} AND operation.kind IN ('sale', 'spend') AND ${which}
    ORDER BY operation.received_at DESC LIMIT 1
  `.execute(trx);
  return rows[0] ? found(rows[0]) : null;
}

function found(row: Row): CentralOperation {
  const isVoid = row.kind === 'spend' && row.outcome === 'not-applied';
  const points = row.points + row.back_points;
  // Money off goes back with its points, and has no amount of its own in a reversal.
  const ofSpending = points === 0 ? 0 : row.amount_minor;
  const left = { amountMinor: row.kind === 'spend' ? ofSpending : row.amount_minor + row.back_minor, points };
  return {
    entry: `${row.epoch}-${row.seq}`,
    intention: row.intention,
    operation: row.kind,
    ticketNumber: row.ticket_number,
    cardNumber: row.card_number,
    wallTime: row.wall_time.toISOString(),
    till: row.till ?? '',
    amountMinor: row.amount_minor,
    currency: row.currency,
    points: row.points,
    reward: row.reward === null ? null : RewardSchema.parse(row.reward),
    left: isVoid ? { amountMinor: 0, points: 0 } : left,
    ...{ terminal: row.terminal_id, epoch: row.epoch, seq: row.seq, cardCounter: row.card_counter },
    programme: row.programme,
    ...ofEntry(row),
  };
}

/** What only the entry says: a purchase's own points, and how it was paid. Of a spending, whether its card has it. */
function ofEntry({ kind, canonical, points, outcome }: Row): Pick<CentralOperation, 'ownPoints' | 'tender' | 'doubt'> {
  if (kind === 'spend') return { ownPoints: points, ...(outcome === 'applied' ? {} : { doubt: outcome ?? 'unknown' }) };
  const entry = JournalEntry.parse(JSON.parse(canonical));
  if (entry.kind !== 'loyalty.sale') throw new Error(`a sale's row names an entry of kind ${entry.kind}`);
  const { body } = entry;
  return { ownPoints: ownPoints(body), ...(body.tender ? { tender: body.tender } : {}) };
}
