import { type RawBuilder, sql } from 'kysely';
import type { CaseKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import { type ListQuery, readPage } from '#backend/reports/page.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { OfficeCase } from '#contract/central/office-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

export type CasePage = { cases: OfficeCase[]; next: string | null; open: number };
type Decision = NonNullable<OfficeCase['settled']>['decision'];

type Raw = {
  case_key: string;
  kind: CaseKind;
  card_number: string | null;
  till: string | null;
  opened_at: Date;
  evidence: unknown;
  settled_at: Date | null;
  settled_by: string | null;
  decision: string | null;
  note: string | null;
};

const queryOf = (where: RawBuilder<unknown>): ListQuery => ({
  select: sql`found.case_key, found.kind, found.card_number, terminals.label AS till, found.opened_at, found.evidence,
    found.settled_at, found.settled_by, found.decision, found.note`,
  from: sql`cases AS found
    LEFT JOIN terminals ON terminals.tenant_id = found.tenant_id AND terminals.terminal_id = found.terminal_id`,
  where,
  order: [
    { by: sql`found.opened_at`, type: 'timestamptz' },
    { by: sql`found.case_key`, type: 'text' },
  ],
  direction: 'desc',
});

/** What a person has to decide in a shop, newest first, and what has been decided. Refusals: InvalidRequest. */
export async function listCases(
  trx: TenantTransaction,
  tenant: string,
  { before, limit, state }: { before?: string | undefined; limit: number; state?: 'open' | 'settled' | undefined },
): Promise<Result<CasePage, CentralError>> {
  const wanted = { open: sql`AND settled_at IS NULL`, settled: sql`AND settled_at IS NOT NULL`, all: sql`` }[
    state ?? 'all'
  ];
  const query = queryOf(sql`found.tenant_id = ${tenant} ${wanted}`);
  const page = await readPage<Raw>(trx, query, { after: before, limit });
  if (!page.ok) return page;
  const { open } = await trx
    .selectFrom('cases')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('tenant_id', '=', tenant)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return ok({ cases: page.value.rows.map(officeCase), next: page.value.next, open });
}

/** Settles a case for good: it stays on record with who decided what. The same said again changes nothing. Refusals: NotFound, CaseSettled. */
export async function settleCase(
  trx: TenantTransaction,
  tenant: string,
  { key, decision, note, by, now }: { key: string; decision: Decision; note: string; by: string; now: Date },
): Promise<Result<OfficeCase, CentralError>> {
  const { numUpdatedRows } = await trx
    .updateTable('cases')
    .set({ settled_at: now, settled_by: by, decision, note })
    .where('tenant_id', '=', tenant)
    .where('case_key', '=', key)
    .where('settled_at', 'is', null)
    .executeTakeFirst();
  const { select, from } = queryOf(sql``);
  const { rows } = await sql<Raw>`
    SELECT ${select} FROM ${from} WHERE found.tenant_id = ${tenant} AND found.case_key = ${key}
  `.execute(trx);
  const [row] = rows;
  if (!row) return err(refusal('NotFound'));
  const isSame = row.settled_by === by && row.decision === decision && row.note === note;
  return numUpdatedRows > 0n || isSame ? ok(officeCase(row)) : err(refusal('CaseSettled', { by: row.settled_by }));
}

const officeCase = (row: Raw): OfficeCase => ({
  key: row.case_key,
  kind: row.kind,
  cardNumber: row.card_number,
  till: row.till,
  openedAt: row.opened_at.toISOString(),
  // Of a journal's conflict the entry itself is kept.
  evidence: (Array.isArray(row.evidence) ? row.evidence : [row.evidence]) as OfficeCase['evidence'],
  settled: row.settled_at && {
    atMs: row.settled_at.getTime(),
    by: row.settled_by ?? '',
    decision: row.decision as Decision,
    note: row.note ?? '',
  },
});
