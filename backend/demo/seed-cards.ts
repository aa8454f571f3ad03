import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { demoNetwork } from './demo-network.ts';

/**
 * The demonstration's cards in the server's rows: those of the counter's tray, and a lot of numbers for each shop's blanks, which
 * may be prepared on the spot. The transaction sees the network.
 */
export async function ensureCards(
  trx: TenantTransaction,
  tenants: ReadonlyMap<number, string>,
  now: Date,
): Promise<void> {
  const { network, cards, blockedCards, lots } = demoNetwork;
  await trx.updateTable('networks').set({ may_prepare: true }).where('network_id', '=', network.id).execute();
  for (const { number, shop } of cards) {
    const status = blockedCards.includes(number) ? ('blocked' as const) : ('active' as const);
    await trx
      .insertInto('cards')
      .values({ network_id: network.id, card_number: number, status, tenant_id: tenants.get(shop) ?? null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  for (const [index, { shop, firstData, count }] of lots.entries()) {
    await trx
      .insertInto('card_lots')
      .values({
        network_id: network.id,
        lot: index + 1,
        first_data: firstData,
        last_data: firstData + count - 1,
        next_data: firstData,
        kind: 'blank',
        ordered_at: now,
        ordered_by: 'network-admin',
        made_at: now,
        tenant_id: tenants.get(shop) ?? null,
        assigned_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
