import { type RawBuilder, sql } from 'kysely';
import type { CardOperationKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
import type { OpenWrite } from '#contract/central/feed.ts';
import { tellElsewhere, writeOf } from './elsewhere.ts';
import { type Known, writeState } from './outcomes.ts';

/** What a write needs of the operation it is of. */
export type Writable = {
  intention: string;
  cardNumber: string;
  kind: CardOperationKind;
  points: number;
  spendMinor: number;
  writeFrom: number;
  wallTime: string;
  outcome: Known;
};

const operationOf = (kind: CardOperationKind): OpenWrite['operation'] =>
  kind === 'sale' ? 'earn' : kind === 'spend' ? 'spend' : 'adjust';

type Row = Parameters<typeof writeOf>[0];

/** A card has a few; more were made up. */
const mostReopened = 300;

/**
 * Keeps the writes that have still to reach a card, and tells every till of the shop: whichever meets the card does them. The
 * other shops that know the card hear that something waits.
 * @param operations `fresh` ones of a batch, and `earlier` ones of which more has become known
 */
export async function keepOpenWrites(
  trx: TenantTransaction,
  tenant: string,
  { fresh, earlier }: { fresh: readonly Writable[]; earlier: readonly Writable[] },
  told: { at: Date; outgoing: Outgoing },
): Promise<void> {
  const isOpen = ({ kind, outcome }: Writable) => writeState(kind, outcome) === 'open';
  const opened = await insertWrites(trx, tenant, [...fresh, ...earlier].filter(isOpen));
  await tellOpen(trx, tenant, opened, told.outgoing);
  const settled = new Map(earlier.flatMap((write) => (isOpen(write) ? [] : [[write.intention, write.outcome]])));
  const which = sql`intention = ANY(${[...settled.keys()]}::uuid[])`;
  if (settled.size > 0) await settleWrites(trx, tenant, which, told, settled);
}

async function tellOpen(trx: TenantTransaction, tenant: string, rows: readonly Row[], outgoing: Outgoing) {
  for (const row of rows) {
    outgoing.add(tenant, { item: 'open-write', write: writeOf(row), settled: false });
    await tellElsewhere(trx, tenant, { ...writeOf(row), waits: true }, outgoing);
  }
}

/** A card is in use again: what was dropped when it went out of use, and never reached it, waits for it as before. */
export async function reopenWritesOf(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  { outgoing }: { outgoing: Outgoing },
): Promise<void> {
  const { rows } = await sql<Pick<Writable, 'intention' | 'kind' | 'outcome'>>`
    SELECT intention, operation.kind, operation.outcome
    FROM card_operations AS operation JOIN open_writes USING (tenant_id, intention, card_number)
    WHERE tenant_id = ${tenant} AND card_number = ${cardNumber} AND settled_at IS NOT NULL
      AND outcome IS DISTINCT FROM 'applied'
    ORDER BY wall_time DESC LIMIT ${mostReopened}
  `.execute(trx);
  const open = rows.filter(({ kind, outcome }) => writeState(kind, outcome) === 'open');
  const { rows: opened } = await sql<Row>`
    UPDATE open_writes SET settled_at = NULL
    WHERE tenant_id = ${tenant} AND intention = ANY(${open.map(({ intention }) => intention)}::uuid[]) RETURNING *
  `.execute(trx);
  await tellOpen(trx, tenant, opened, outgoing);
}

/** A card that is out of use is never written again: what was still to reach it has moved on with its balance. */
export const dropWritesOf = (
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  told: { at: Date; outgoing: Outgoing },
): Promise<void> => settleWrites(trx, tenant, sql`card_number = ${cardNumber}`, told);

async function settleWrites(
  trx: TenantTransaction,
  tenant: string,
  which: RawBuilder<unknown>,
  { at, outgoing }: { at: Date; outgoing: Outgoing },
  outcomes: ReadonlyMap<string, Known> = new Map(),
): Promise<void> {
  const { rows } = await sql<Row>`
    UPDATE open_writes SET settled_at = ${at}::timestamptz
    WHERE tenant_id = ${tenant} AND settled_at IS NULL AND ${which} RETURNING *
  `.execute(trx);
  for (const row of rows) {
    const outcome = outcomes.get(row.intention) ?? 'unknown';
    const found = outcome === 'unknown' ? {} : { outcome };
    outgoing.add(tenant, { item: 'open-write', write: writeOf(row), settled: true, ...found });
    await tellElsewhere(trx, tenant, { ...writeOf(row), waits: false }, outgoing);
  }
}

async function insertWrites(trx: TenantTransaction, tenant: string, open: readonly Writable[]): Promise<Row[]> {
  if (open.length === 0) return [];
  const { rows } = await sql<Row>`
    INSERT INTO open_writes (tenant_id, intention, card_number, operation, points, spend_minor, card_counter, wall_ms)
    SELECT ${tenant}, *
    FROM unnest(
      ${open.map(({ intention }) => intention)}::uuid[], ${open.map(({ cardNumber }) => cardNumber)}::text[],
      ${open.map(({ kind }) => operationOf(kind))}::text[], ${open.map(({ points }) => points)}::int[],
      ${open.map(({ spendMinor }) => spendMinor)}::bigint[], ${open.map(({ writeFrom }) => writeFrom)}::bigint[],
      ${open.map(({ wallTime }) => Date.parse(wallTime))}::bigint[]
    )
    ON CONFLICT DO NOTHING RETURNING *
  `.execute(trx);
  return rows;
}
