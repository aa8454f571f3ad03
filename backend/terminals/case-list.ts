import { type RawBuilder, sql } from 'kysely';
import { networkOf } from '#backend/cards/shop.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { ListFilter, PageAsked } from '#backend/reports/office-list.ts';
import { anywhere, countRows, type ListQuery, readPage } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeCase } from '#contract/central/office-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type CaseRow, type CaseViewer, caseColumns, caseTables, officeCase, seenBy } from './case-view.ts';

export type CasePage = { cases: OfficeCase[]; next: string | null; count: number; open: number };

const states: ReadonlyMap<string, RawBuilder<boolean>> = new Map([
  ['open', sql`found.settled_at IS NULL`],
  ['settled', sql`found.settled_at IS NOT NULL`],
]);

/** Cases of a shop, newest first. Null: a state there is none of. */
export const casesOf = (tenant: string, filter: ListFilter): ListQuery | null =>
  casesAmong(sql`found.tenant_id = ${tenant}`, filter);

/** The network's too, as its administrator sees them. */
export const networkCasesOf = (tenant: string, filter: ListFilter): ListQuery | null =>
  casesAmong(seenBy({ tenant, networkId: networkOf(tenant), role: 'network-admin' }), filter);

function casesAmong(seen: RawBuilder<boolean>, { search, status }: ListFilter): ListQuery | null {
  const state = status === undefined ? sql`true` : states.get(status);
  if (!state) return null;
  const words = search?.trim() ?? '';
  return {
    select: caseColumns,
    from: caseTables,
    where: sql`${seen} AND ${state} ${words === '' ? sql`` : sql`AND ${searched(words)}`}`,
    order: [
      { by: sql`found.opened_at`, type: 'timestamptz' },
      { by: sql`found.case_key`, type: 'text' },
    ],
    direction: 'desc',
  };
}

function searched(words: string): RawBuilder<boolean> {
  const like = anywhere(words);
  const digits = words.replace(/[\s.-]/g, '');
  return sql`(
    ${/^\d+$/.test(digits) ? sql`found.card_number LIKE ${anywhere(digits)}` : sql`false`}
    OR terminals.label ILIKE ${like} OR found.note ILIKE ${like} OR found.settled_by ILIKE ${like}
  )`;
}

/** What a person has to decide in a shop, and what has been decided. Refusals: InvalidRequest. */
export async function listCases(
  trx: TenantTransaction,
  viewer: CaseViewer,
  { before, limit, ...filter }: PageAsked,
): Promise<Result<CasePage, CentralError>> {
  const query = casesAmong(seenBy(viewer), filter);
  if (!query) return err(refusal('InvalidRequest', { what: 'status' }));
  const page = await readPage<CaseRow>(trx, query, { after: before, limit });
  if (!page.ok) return page;
  const { rows } = await sql<{ open: number }>`
    SELECT count(*) AS open FROM cases AS found WHERE ${seenBy(viewer)} AND found.settled_at IS NULL
  `.execute(trx);
  return ok({
    cases: page.value.rows.map((row) => officeCase(row, viewer)),
    next: page.value.next,
    count: await countRows(trx, query),
    open: rows[0]!.open,
  });
}
