import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { FeedItem } from '#contract/central/index.ts';

const pageSize = 500;

/** What changed since the cursor, in the order in which it was committed. An item that changed twice comes once, as it is now. */
export async function feedSince(trx: TenantTransaction, tenant: string, cursor: number) {
  const rows = await trx
    .selectFrom('feed_items')
    .select(['cursor', 'item'])
    .where('tenant_id', '=', tenant)
    .where('cursor', '>', cursor)
    .orderBy('cursor')
    .limit(pageSize + 1)
    .execute();
  const page = rows.slice(0, pageSize);
  return {
    items: page.map(({ item }) => FeedItem.parse(item)),
    cursor: page.at(-1)?.cursor ?? cursor,
    more: rows.length > pageSize,
  };
}

/** An item takes the place of the one with the same key. */
function itemKey(item: FeedItem): string {
  switch (item.item) {
    case 'programme':
      return `programme/${item.programme.id}`;
    case 'staff':
      return `staff/${item.code}`;
    case 'settings':
      return 'settings';
    case 'open-write':
      return `open-write/${item.write.intention}`;
    case 'blocked-card':
    case 'member':
      return `${item.item}/${item.cardNumber}`;
  }
}

/**
 * Puts an item into the tenant's feed, in place of its earlier state. The cursor comes from the tenant's row, held until the
 * transaction ends: cursors become visible in their order, so that none is passed over.
 */
export async function publish(trx: TenantTransaction, tenant: string, item: FeedItem): Promise<void> {
  const { feed_cursor: cursor } = await trx
    .updateTable('tenants')
    .set({ feed_cursor: sql<number>`feed_cursor + 1` })
    .where('tenant_id', '=', tenant)
    .returning('feed_cursor')
    .executeTakeFirstOrThrow();
  const text = JSON.stringify(FeedItem.parse(item));
  await trx
    .insertInto('feed_items')
    .values({ tenant_id: tenant, item_key: itemKey(item), cursor, item: text })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'item_key']).doUpdateSet({ cursor, item: text }))
    .execute();
}
