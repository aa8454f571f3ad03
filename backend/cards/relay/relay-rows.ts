import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { CardRelays } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { CentralError } from '#contract/central/errors.ts';
import { RelayStep } from '#contract/central/till-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

export type RelayRow = Selectable<CardRelays>;
export type DoneStep = Extract<RelayStep, { state: 'done' }>;

/** How the work ended, as it was answered: the last step asked again gets it again. */
const Outcome = z.union([z.strictObject({ done: RelayStep }), z.strictObject({ refused: CentralError })]);

const dayMs = 24 * 3_600_000;
const keptForMs = dayMs;
/**
 * A card that was made is told of again to a till that died before its own entry: it may be five days without a link, or weeks at a
 * repairer's. Thirty days of a shop's new cards are a few thousand rows, wiped of all but their end.
 */
const madeKeptForMs = 30 * dayMs;

export const outcomeOf = (row: RelayRow): Result<RelayStep, CentralError> | null => {
  if (row.outcome === null) return null;
  const outcome = Outcome.parse(row.outcome);
  return 'done' in outcome ? ok(outcome.done) : err(outcome.refused);
};

/** One relay, held until the transaction ends: of two servers that get the same step one answers first, and the other the same. */
export const holdRelay = (
  trx: TenantTransaction,
  { tenant, terminal, relay }: { tenant: string; terminal: string; relay: string },
): Promise<RelayRow | undefined> =>
  trx
    .selectFrom('card_relays')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('relay_id', '=', relay)
    .where('terminal_id', '=', terminal)
    .forUpdate()
    .executeTakeFirst();

/** The relays of one act of a person at this terminal, newest first, held. */
export const relaysOfIntention = (
  trx: TenantTransaction,
  { tenant, terminal, intention }: { tenant: string; terminal: string; intention: string },
): Promise<RelayRow[]> =>
  trx
    .selectFrom('card_relays')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .where('intention', '=', intention)
    .orderBy('created_at', 'desc')
    .orderBy('relay_id', 'desc')
    .forUpdate()
    .execute();

export const recordAnswer = (trx: TenantTransaction, row: RelayRow, answer: Uint8Array) =>
  update(trx, row, { transcript: sql`transcript || ${Buffer.from(answer)}::bytea`, steps: row.steps + 1 });

export const resealPlan = (trx: TenantTransaction, row: RelayRow, sealed: Buffer) => update(trx, row, { sealed });

/** Ends the work: seed, purpose and answers are wiped, with any PIN among them. What was answered last is kept. */
export const endRelay = (trx: TenantTransaction, row: RelayRow, outcome: z.input<typeof Outcome> | null) => {
  const state = outcome === null ? 'ended' : 'done' in outcome ? 'done' : 'refused';
  return update(trx, row, { ...wiped, state, outcome: outcome && JSON.stringify(outcome) });
};

const wiped = { sealed: null, transcript: sql`'{}'` };

/** Clears the way for new work: what this terminal has under way ends, what has expired in the shop is wiped, old rows go. */
export async function endOthers(
  trx: TenantTransaction,
  { tenant, terminal, nowMs }: { tenant: string; terminal: string; nowMs: number },
): Promise<void> {
  await trx
    .updateTable('card_relays')
    .set({ ...wiped, state: 'ended' } as never)
    .where('tenant_id', '=', tenant)
    .where('state', '=', 'live')
    .where((row) => row.or([row('terminal_id', '=', terminal), row('expires_at', '<', new Date(nowMs))]))
    .execute();
  await trx
    .deleteFrom('card_relays')
    .where('tenant_id', '=', tenant)
    .where('created_at', '<', new Date(nowMs - keptForMs))
    .where((row) =>
      row.or([
        row('state', '!=', 'done'),
        row('purpose', 'not in', ['issue', 'join']),
        row('created_at', '<', new Date(nowMs - madeKeptForMs)),
      ]),
    )
    .execute();
}

/** Wipes what tills of the shop have given up: at most one a terminal, found by the index of live works. */
export const wipeExpired = (trx: TenantTransaction, tenant: string, nowMs: number) =>
  trx
    .updateTable('card_relays')
    .set({ ...wiped, state: 'ended' } as never)
    .where('tenant_id', '=', tenant)
    .where('state', '=', 'live')
    .where('expires_at', '<', new Date(nowMs))
    .execute();

const update = (trx: TenantTransaction, { tenant_id, relay_id }: RelayRow, values: object) =>
  trx
    .updateTable('card_relays')
    .set(values)
    .where('tenant_id', '=', tenant_id)
    .where('relay_id', '=', relay_id)
    .executeTakeFirstOrThrow();
