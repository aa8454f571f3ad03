import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type CursorType, readCursor, writeCursor } from './cursor.ts';

/** What a list is ordered by. Never null; the last terms make a row unique. */
export type OrderTerm = { by: RawBuilder<unknown>; type: CursorType };

/** A selection of rows in an order: what is paged, counted and exported. `where` holds the tenant. */
export type ListQuery = {
  select: RawBuilder<unknown>;
  from: RawBuilder<unknown>;
  where: RawBuilder<unknown>;
  order: readonly OrderTerm[];
  direction: 'asc' | 'desc';
};

export type Page<Row> = { rows: Row[]; next: string | null };

/**
 * A page of a list. Pages are cut by key, so that new rows shift nothing and a late page costs what the first does.
 * @param after `next` of the page before
 * Refusals: InvalidRequest (an `after` that this server has not written).
 */
export async function readPage<Row>(
  trx: TenantTransaction,
  query: ListQuery,
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<Result<Page<Row>, CentralError>> {
  const types = query.order.map(({ type }) => type);
  const cursor = after === undefined ? null : readCursor(after, types);
  if (after !== undefined && cursor === null) return err(refusal('InvalidRequest', { what: 'before' }));
  const onwards = cursor ? sql`AND ${beyond(query, cursor)}` : sql``;
  const keys = sql.join(query.order.map(({ by }) => sql`(${by})::text`));
  const { rows } = await sql<Row & { page_key: string[] }>`
    SELECT ${query.select}, ARRAY[${keys}] AS page_key FROM ${query.from}
    WHERE ${query.where} ${onwards} ORDER BY ${orderOf(query)} LIMIT ${limit + 1}
  `.execute(trx);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return ok({ rows: page, next: rows.length > limit && last ? writeCursor(last.page_key) : null });
}

/** How many rows a selection has; it stops counting one above `most`. */
export async function countRows(trx: TenantTransaction, query: ListQuery, most?: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT FROM ${query.from} WHERE ${query.where} ${most === undefined ? sql`` : sql`LIMIT ${most + 1}`}
    ) AS counted
  `.execute(trx);
  return rows[0]!.count;
}

/**
 * All rows of a selection, some at a time, through a cursor of the database: one snapshot, and no more in memory than two
 * batches, one of which is fetched while the other is worked on.
 * @param trx stays open until the last batch has been taken
 */
export async function* rowBatches<Row>(
  trx: TenantTransaction,
  query: ListQuery,
  batchRows: number,
): AsyncGenerator<Row[], void, undefined> {
  // All of it will be read: the planner must not favour a quick first row.
  await sql`SET LOCAL cursor_tuple_fraction = 1`.execute(trx);
  await sql`
    DECLARE export_rows NO SCROLL CURSOR FOR
    SELECT ${query.select} FROM ${query.from} WHERE ${query.where} ORDER BY ${orderOf(query)}
  `.execute(trx);
  const fetch = async () => {
    const { rows } = await sql<Row>`FETCH FORWARD ${sql.raw(String(batchRows))} FROM export_rows`.execute(trx);
    return rows;
  };
  let next = fetch();
  try {
    for (;;) {
      const rows = await next;
      if (rows.length === 0) return;
      next = fetch();
      yield rows;
    }
  } finally {
    // Abandoned half-way: the batch under way is waited for, so that the session can be used again.
    await next.catch(() => {});
  }
}

const orderOf = ({ order, direction }: ListQuery) =>
  sql.join(order.map(({ by }) => (direction === 'asc' ? sql`${by} ASC` : sql`${by} DESC`)));

function beyond({ order, direction }: ListQuery, cursor: readonly string[]): RawBuilder<boolean> {
  const here = sql.join(order.map(({ by }) => by));
  const there = sql.join(order.map(({ type }, at) => sql`${cursor[at]}::${sql.raw(type)}`));
  return direction === 'asc' ? sql`(${here}) > (${there})` : sql`(${here}) < (${there})`;
}

/** A pattern for `LIKE` that finds the words anywhere, themselves and not as a pattern. */
export const anywhere = (words: string): string => `%${words.replace(/[\\%_]/g, '\\$&')}%`;
