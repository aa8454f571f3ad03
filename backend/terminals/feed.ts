import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { FeedItem } from '#contract/central/index.ts';

/** As many as the contract allows: a first synchronisation may bring hundreds of thousands of blocked cards. */
const pageSize = 1_000;

/**
 * What changed since the cursor, in the order in which it was committed. An item that changed twice comes once, as it is now.
 * Items were checked when they were published, and are again by the contract as they leave.
 */
export async function feedSince(trx: TenantTransaction, tenant: string, cursor: number) {
  // Just after hundreds of thousands were published the planner does not know of them yet, and would sort them all for each page.
  await sql`SELECT set_config('enable_sort', 'off', true)`.execute(trx);
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
    items: page.map(({ item }) => item as FeedItem),
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
    case 'card-waits':
      return `card-waits/${item.intention}`;
    case 'blocked-card':
    case 'key-behind':
    case 'member':
      return `${item.item}/${item.cardNumber}`;
  }
}

/** Items put into the feed by one statement. */
const chunkSize = 10_000;

/**
 * Puts items into the tenant's feed, each in place of its earlier state; of one item given twice the last stands. Cursors come
 * from the tenant's row, held until the transaction ends: they become visible in their order, so that none is passed over.
 */
export async function publishAll(trx: TenantTransaction, tenant: string, items: readonly FeedItem[]): Promise<void> {
  const last = [...new Map(items.map((item) => [itemKey(item), item]))];
  for (let at = 0; at < last.length; at += chunkSize) {
    const chunk = last.slice(at, at + chunkSize);
    const { feed_cursor: end } = await trx
      .updateTable('tenants')
      .set({ feed_cursor: sql<number>`feed_cursor + ${chunk.length}` })
      .where('tenant_id', '=', tenant)
      .returning('feed_cursor')
      .executeTakeFirstOrThrow();
    await sql`
      INSERT INTO feed_items (tenant_id, item_key, cursor, item)
      SELECT ${tenant}, key, ${end - chunk.length}::bigint + place, item
      FROM unnest(
        ${chunk.map(([key]) => key)}::text[], ${chunk.map(([, item]) => JSON.stringify(FeedItem.parse(item)))}::jsonb[]
      ) WITH ORDINALITY AS fresh (key, item, place)
      ON CONFLICT (tenant_id, item_key) DO UPDATE SET cursor = excluded.cursor, item = excluded.item
    `.execute(trx);
  }
}

export const publish = (trx: TenantTransaction, tenant: string, item: FeedItem): Promise<void> =>
  publishAll(trx, tenant, [item]);
