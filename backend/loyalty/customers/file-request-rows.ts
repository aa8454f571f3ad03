import { type RawBuilder, sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { OfficeList } from '#backend/reports/office-list.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { CustomerFileRequest } from '#contract/central/office-customer-files.ts';
import type { ExportFormat } from '#contract/reports/columns.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

/** Long enough for a manager who is away for some days. */
const lifeMs = 7 * 86_400_000;
const waitingPerShop = 5;

/** Who asks, decides or takes. */
export type Asking = { tenant: string; code: string; now: Date };

type Raw = {
  request_id: string;
  format: ExportFormat;
  people: number;
  state: CustomerFileRequest['state'];
  asked_by: string;
  asked_at: Date;
  expires_at: Date;
  decided_at: Date | null;
  taken_at: Date | null;
  asked_name: string | null;
  decided_name: string | null;
};

const stateAt = (now: Date): RawBuilder<string> => sql`(
  CASE WHEN request.taken_at IS NOT NULL THEN 'taken' WHEN NOT request.approved THEN 'declined'
    WHEN request.expires_at <= ${now} THEN 'expired' WHEN request.approved THEN 'approved' ELSE 'waiting' END
)`;

/** The requests of a shop as somebody sees them, newest first. */
export const requestList = ({ code, now }: Asking): Pick<OfficeList<Raw, CustomerFileRequest>, 'query' | 'row'> => ({
  query: (tenant) => ({
    select: sql`request.*, ${stateAt(now)} AS state, coalesce(asker.name, request.asked_by) AS asked_name,
      coalesce(decider.name, request.decided_by) AS decided_name`,
    from: sql`customer_file_requests AS request
      LEFT JOIN staff AS asker ON asker.tenant_id = request.tenant_id AND asker.code = request.asked_by
      LEFT JOIN staff AS decider ON decider.tenant_id = request.tenant_id AND decider.code = request.decided_by`,
    where: sql`request.tenant_id = ${tenant}`,
    order: [
      { by: sql`request.asked_at`, type: 'timestamptz' },
      { by: sql`request.request_id`, type: 'uuid' },
    ],
    direction: 'desc',
  }),
  row: (raw) => ({
    id: raw.request_id,
    format: raw.format,
    people: raw.people,
    state: raw.state,
    mine: raw.asked_by === code,
    askedBy: raw.asked_name ?? raw.asked_by,
    askedAt: raw.asked_at.toISOString(),
    expiresAt: raw.expires_at.toISOString(),
    decidedBy: raw.decided_name,
    decidedAt: raw.decided_at?.toISOString() ?? null,
    takenAt: raw.taken_at?.toISOString() ?? null,
  }),
});

/** Refusals: NotFound. */
export async function requestOf(
  trx: TenantTransaction,
  asking: Asking,
  id: string,
): Promise<Result<CustomerFileRequest, CentralError>> {
  const list = requestList(asking);
  const { select, from, where } = list.query(asking.tenant, {})!;
  const { rows } = await sql<Raw>`
    SELECT ${select} FROM ${from} WHERE ${where} AND request.request_id = ${id}
  `.execute(trx);
  return rows[0] ? ok(list.row(rows[0])) : err(refusal('NotFound'));
}

/** Refusals: NotFound (nobody is known by name), TooManyRequests (enough of them wait). */
export async function keepRequest(
  trx: TenantTransaction,
  asking: Asking,
  { id, format }: { id: string; format: ExportFormat },
): Promise<Result<CustomerFileRequest, CentralError>> {
  const { tenant, code, now } = asking;
  const { rows } = await sql<{ people: number; waiting: number }>`
    SELECT
      (SELECT count(*) FROM customers WHERE tenant_id = ${tenant} AND person_key IS NOT NULL) AS people,
      (SELECT count(*) FROM customer_file_requests AS request
        WHERE request.tenant_id = ${tenant} AND ${stateAt(now)} = 'waiting') AS waiting
  `.execute(trx);
  const { people, waiting } = rows[0]!;
  if (people === 0) return err(refusal('NotFound', { what: 'customers' }));
  if (waiting >= waitingPerShop) return err(refusal('TooManyRequests', { limit: waitingPerShop }));
  const times = { asked_at: now, expires_at: new Date(now.getTime() + lifeMs) };
  await trx
    .insertInto('customer_file_requests')
    .values({ tenant_id: tenant, request_id: id, format, people, asked_by: code, ...times })
    .execute();
  return requestOf(trx, asking, id);
}

/**
 * A yes or a no, once, by somebody else (the table holds to it as well). The same said again changes nothing.
 * Refusals: NotFound, SecondPersonNeeded, RequestOver (decided already, or too old).
 */
export async function decideRequest(
  trx: TenantTransaction,
  asking: Asking,
  { id, approved }: { id: string; approved: boolean },
): Promise<Result<CustomerFileRequest, CentralError>> {
  const { tenant, code, now } = asking;
  const { numUpdatedRows } = await trx
    .updateTable('customer_file_requests')
    .set({ decided_by: code, decided_at: now, approved })
    .where('tenant_id', '=', tenant)
    .where('request_id', '=', id)
    .where('decided_at', 'is', null)
    .where('expires_at', '>', now)
    .where('asked_by', '<>', code)
    .executeTakeFirst();
  const request = await requestOf(trx, asking, id);
  if (!request.ok || numUpdatedRows > 0n) return request;
  if (request.value.mine) return err(refusal('SecondPersonNeeded'));
  return err(refusal('RequestOver', { state: request.value.state }));
}

/** Whoever asked comes for it, once. Refusals: NotFound (another's too), RequestOver. */
export async function takeRequest(
  trx: TenantTransaction,
  asking: Asking,
  id: string,
): Promise<Result<{ format: ExportFormat; people: number }, CentralError>> {
  const { tenant, code, now } = asking;
  const taken = await trx
    .updateTable('customer_file_requests')
    .set({ taken_at: now })
    .where('tenant_id', '=', tenant)
    .where('request_id', '=', id)
    .where('asked_by', '=', code)
    .where('approved', '=', true)
    .where('taken_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['format', 'people'])
    .executeTakeFirst();
  if (taken) return ok(taken);
  const request = await requestOf(trx, asking, id);
  if (!request.ok || !request.value.mine) return err(refusal('NotFound'));
  return err(refusal('RequestOver', { state: request.value.state }));
}
