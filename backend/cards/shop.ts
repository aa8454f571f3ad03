import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Tenants } from '#backend/db/tables.ts';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';

/**
 * A tenant's transaction enters the scope of its network as well: cards and lots are the network's. Ledgers, relays and PINs stay
 * those of the tenant alone.
 */
export async function enterNetwork(trx: TenantTransaction, tenant: string): Promise<Selectable<Tenants>> {
  const shop = await trx.selectFrom('tenants').selectAll().where('tenant_id', '=', tenant).executeTakeFirstOrThrow();
  await enterScope(trx, { network: shop.network_id });
  return shop;
}

/** The network of a shop, in SQL. */
export const networkOf = (tenant: string): RawBuilder<number> =>
  sql`(SELECT network_id FROM tenants WHERE tenants.tenant_id = ${tenant})`;
