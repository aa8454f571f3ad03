import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { FeedItem } from '#contract/central/index.ts';
import { publishAll } from './feed.ts';

/**
 * What a transaction has to tell tills, in the feeds of one shop or of many. Told at its very end, shop by shop in the order of
 * their ids: each feed is locked while it is written, and transactions that tell the same shops must not wait for each other.
 */
export class Outgoing {
  readonly #items = new Map<string, FeedItem[]>();

  add(tenant: string, item: FeedItem): void {
    const items = this.#items.get(tenant);
    if (items) items.push(item);
    else this.#items.set(tenant, [item]);
  }

  /** @param home the tenant whose rows the transaction is to see afterwards; absent: it does nothing more */
  async publish(trx: TenantTransaction, home?: string): Promise<void> {
    const tenants = [...this.#items.keys()].sort();
    for (const tenant of tenants) {
      await enterScope(trx, { tenant });
      await publishAll(trx, tenant, this.#items.get(tenant)!);
    }
    if (tenants.length > 0 && home !== undefined) await enterScope(trx, { tenant: home });
    this.#items.clear();
  }
}
