import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { PublishedVersion } from '#contract/central/office-programme.ts';
import { Programme, type ShopFacts } from '#contract/loyalty/programme.ts';

/** The shop's programme in force, and what the shop is whatever it says. */
export type InForce = { current: Programme; shop: ShopFacts; timeZone: string };

const pageSize = 50;

/** @throws for a shop without a programme: it is made with one */
export async function programmeInForce(trx: TenantTransaction, tenant: string): Promise<InForce> {
  const row = await trx
    .selectFrom('programmes')
    .innerJoin('tenants', 'tenants.tenant_id', 'programmes.tenant_id')
    .select(['programme', 'currency', 'time_zone'])
    .where('programmes.tenant_id', '=', tenant)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const current = Programme.parse(row.programme);
  return { current, shop: { currency: row.currency, programmeId: current.id }, timeZone: row.time_zone };
}

/** Newest first. @param before exclusive; null: from the newest */
export async function publishedVersions(trx: TenantTransaction, tenant: string, before: number | null) {
  const rows = await withPublisher(trx, tenant)
    .select(['version', 'published_at', publisher])
    .$if(before !== null, (query) => query.where('version', '<', before))
    .orderBy('version', 'desc')
    .limit(pageSize + 1)
    .execute();
  return { versions: rows.slice(0, pageSize).map(published), more: rows.length > pageSize };
}

/** Null where the shop never had that version. */
export async function oneVersion(trx: TenantTransaction, tenant: string, version: number) {
  const row = await withPublisher(trx, tenant)
    .select(['version', 'published_at', publisher, 'programme'])
    .where('version', '=', version)
    .executeTakeFirst();
  return row ? { ...published(row), programme: Programme.parse(row.programme) } : null;
}

const withPublisher = (trx: TenantTransaction, tenant: string) =>
  trx
    .selectFrom('programmes')
    .leftJoin('staff', (join) =>
      join.onRef('staff.tenant_id', '=', 'programmes.tenant_id').onRef('staff.code', '=', 'published_by'),
    )
    .where('programmes.tenant_id', '=', tenant);

/** Their name as it is now; their code where they are no longer on the list. */
const publisher = sql<string | null>`coalesce(staff.name, published_by)`.as('publisher');

type Row = { version: number; published_at: Date | null; publisher: string | null };

const published = ({ version, published_at, publisher: by }: Row): PublishedVersion => ({
  version,
  atMs: published_at?.getTime() ?? null,
  by,
});
