import { sql } from 'kysely';
import type { CardOperationKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import { openCardCases } from './card-cases.ts';
import { openOverspent } from './check-cards.ts';
import { keepOpenWrites, type Writable } from './open-writes.ts';
import { contradiction, neighboursOf } from './succession.ts';

/** A till says what became of a card within seconds; after this it may have died, and another may meet the card. */
export const outcomeGraceMs = 60_000;
/** Records of another till may lie between two on a card for as long as a till may go on offline, and a day. */
export const gapGraceMs = 6 * 24 * 3_600_000;
const mostAtOnce = 200;

/**
 * What time alone settles: an operation whose outcome never came is an open write from now on, and what other tills could have
 * explained has become a case. Done when a till of the shop asks for its feed: where no till asks, nobody needs it sooner.
 */
export async function sweepCards(trx: TenantTransaction, tenant: string, nowMs: number): Promise<void> {
  const outgoing = new Outgoing();
  const at = new Date(nowMs);
  const silent = await markUnknown(trx, tenant, new Date(nowMs - outcomeGraceMs));
  if (silent.length > 0) await keepOpenWrites(trx, tenant, { fresh: silent, earlier: [] }, { at, outgoing });
  await openUnexplained(trx, tenant, at);
  await outgoing.publish(trx, tenant);
}

async function markUnknown(trx: TenantTransaction, tenant: string, before: Date): Promise<Writable[]> {
  const { rows } = await sql<{
    intention: string;
    card_number: string;
    kind: CardOperationKind;
    points: number;
    spend_minor: number;
    card_counter: number | null;
    wall_time: Date;
  }>`
    UPDATE card_operations SET outcome = 'unknown'
    WHERE tenant_id = ${tenant} AND outcome IS NULL AND (intention, card_number) IN (
      SELECT intention, card_number FROM card_operations
      WHERE tenant_id = ${tenant} AND outcome IS NULL AND kind IN ('sale', 'spend') AND received_at < ${before}
      ORDER BY received_at LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED
    )
    RETURNING intention, card_number, kind, points, spend_minor, card_counter, wall_time
  `.execute(trx);
  return rows.map(({ intention, kind, points, ...row }) => ({
    ...{ intention, kind, points, outcome: 'unknown', cardNumber: row.card_number, spendMinor: row.spend_minor },
    writeFrom: row.card_counter ?? 1,
    wallTime: row.wall_time.toISOString(),
  }));
}

async function openUnexplained(trx: TenantTransaction, tenant: string, at: Date): Promise<void> {
  const before = new Date(at.getTime() - gapGraceMs);
  const { rows } = await sql<{
    intention: string;
    cardNumber: string;
    counter: number;
    balance: number;
    points: number;
    terminal: string | null;
  }>`
    UPDATE card_operations SET unexplained = false
    WHERE tenant_id = ${tenant} AND unexplained AND (intention, card_number) IN (
      SELECT intention, card_number FROM card_operations
      WHERE tenant_id = ${tenant} AND (unexplained OR overspent) AND unexplained AND received_at < ${before}
      ORDER BY received_at LIMIT ${mostAtOnce} FOR UPDATE SKIP LOCKED
    )
    RETURNING intention, card_number AS "cardNumber", card_counter AS counter, card_balance AS balance, points,
      terminal_id AS terminal
  `.execute(trx);
  for (const { terminal, ...record } of rows) {
    const [around] = await neighboursOf(trx, tenant, [record]);
    const records = [...(around?.previous ? [around.previous] : []), record];
    const found = contradiction({ what: 'contradicted', place: record.counter, records }, terminal);
    await openCardCases(trx, tenant, [found], at);
    await openOverspent(trx, tenant, [record.cardNumber], terminal, at);
  }
}
