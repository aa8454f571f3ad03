import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { Report } from '#contract/reports/columns.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { countRows, type ListQuery, type Page, readPage } from './page.ts';

/** What any list may be narrowed by; each list heeds those that mean something to it. Days are the shop's own. */
export type ListFilter = {
  search?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  terminal?: string | undefined;
  status?: string | undefined;
  card?: string | undefined;
};

/**
 * A list of the office: one definition gives its pages ({@link listPage}), its search and its export (`office-lists.ts`).
 * `Raw` is a row as the database gives it, `Row` as the API and the file give it.
 */
export type OfficeList<Raw, Row> = {
  report: Report<Row>;
  /** Of the whole network's rows, which only its administrator may see. */
  network?: true;
  /** Null for a filter that cannot be read (a date that is none). */
  query(tenant: string, filter: ListFilter): ListQuery | null;
  row(raw: Raw): Row;
};

export type PageAsked = ListFilter & { before?: string | undefined; limit: number };
export type CountedPage<Row> = Page<Row> & { count: number };

/**
 * A page of a list as the office asks for one, and how many rows there are in all.
 * @param query what is asked; null: it cannot be read
 * Refusals: InvalidRequest.
 */
export async function countedPage<Raw, Row>(
  trx: TenantTransaction,
  list: Pick<OfficeList<Raw, Row>, 'row'>,
  query: ListQuery | null,
  ask: { before?: string | undefined; limit: number },
): Promise<Result<CountedPage<Row>, CentralError>> {
  if (!query) return err(refusal('InvalidRequest', { what: 'status' }));
  const page = await listPage(trx, list, query, ask);
  return page.ok ? ok({ ...page.value, count: await countRows(trx, query) }) : page;
}

/** A page of a list, as the API gives it. Refusals: InvalidRequest. */
export async function listPage<Raw, Row>(
  trx: TenantTransaction,
  list: Pick<OfficeList<Raw, Row>, 'row'>,
  query: ListQuery,
  ask: { before?: string | undefined; limit: number },
): Promise<Result<Page<Row>, CentralError>> {
  const page = await readPage<Raw>(trx, query, { after: ask.before, limit: ask.limit });
  if (!page.ok) return page;
  return { ok: true, value: { rows: page.value.rows.map(list.row), next: page.value.next } };
}
