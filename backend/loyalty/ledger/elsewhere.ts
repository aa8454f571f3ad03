import { sql } from 'kysely';
import { enterNetwork } from '#backend/cards/shop.ts';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
import type { OpenWrite } from '#contract/central/feed.ts';
import { shopsWithout } from './shop-words.ts';

/** What a shop still has to write to a card, and the counter that it has already been seen at there. */
export type ShopWrites = { tenant: string; shop: number; counter: number; writes: OpenWrite[] };

/** No card has room for as many shops. */
const mostShops = 100;
/** Of one card at one tap, all shops together: with select, keys and history some 90 exchanges, fewer than a till passes on. */
const mostWrites = 10;
const mostShopsAtOnce = 4;

/** The transaction sees this card's rows in all shops of its network for as long as `read` takes; what it changes stays its own shop's. */
async function acrossShops<T>(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
  read: (network: number) => Promise<T>,
): Promise<T> {
  const { network_id: network } = await enterNetwork(trx, tenant);
  await enterScope(trx, { card: cardNumber });
  const found = await read(network);
  await enterScope(trx, { card: '' });
  return found;
}

/**
 * Tells the other shops that know this card that a write of this one waits for it, or no longer does. The mark names the write and
 * nothing of it. Those who know the card are few, for a card has room for few; the others would never see it.
 */
export async function tellElsewhere(
  trx: TenantTransaction,
  tenant: string,
  { cardNumber, intention, waits }: { cardNumber: string; intention: string; waits: boolean },
  outgoing: Outgoing,
): Promise<void> {
  const { rows } = await acrossShops(trx, tenant, cardNumber, (network) =>
    sql<{ tenant_id: string }>`
      SELECT tenant_id FROM tenants AS shop
      WHERE network_id = ${network} AND tenant_id <> ${tenant} AND (
        EXISTS (SELECT FROM card_openings AS held WHERE held.tenant_id = shop.tenant_id AND held.card_number = ${cardNumber})
        OR EXISTS (SELECT FROM card_ledger AS held WHERE held.tenant_id = shop.tenant_id AND held.card_number = ${cardNumber}))
      LIMIT ${mostShops}
    `.execute(trx),
  );
  for (const { tenant_id } of rows) outgoing.add(tenant_id, { item: 'card-waits', cardNumber, intention, waits });
}

type Row = {
  tenant_id: string;
  number: number;
  counter: number;
  intention: string;
  operation: OpenWrite['operation'];
  points: number;
  spend_minor: number;
  card_counter: number;
  wall_ms: number;
};

/** The writes that wait for a card in the other shops of its network, oldest first in each. None of a shop for which it is out of use. */
export async function writesElsewhere(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
): Promise<ShopWrites[]> {
  const { rows, without } = await acrossShops(trx, tenant, cardNumber, async (network) => ({
    ...(await sql<Row>`
      SELECT tenant_id, tenants.number, coalesce(ledger.counter, 0)::bigint AS counter, open.intention, operation, points,
        spend_minor, card_counter, wall_ms
      FROM open_writes AS open
        JOIN tenants USING (tenant_id)
        LEFT JOIN card_ledger AS ledger USING (tenant_id, card_number)
      WHERE open.card_number = ${cardNumber} AND settled_at IS NULL
        AND tenants.network_id = ${network} AND tenant_id <> ${tenant}
      ORDER BY tenant_id, intention LIMIT ${mostWrites}
    `.execute(trx)),
    without: await shopsWithout(trx, network, cardNumber),
  }));
  const shops = new Map<string, ShopWrites>();
  for (const { tenant_id, number, counter, ...row } of rows) {
    if (without.has(tenant_id)) continue;
    const of = shops.get(tenant_id) ?? { tenant: tenant_id, shop: number, counter, writes: [] };
    shops.set(tenant_id, of);
    of.writes.push(writeOf({ ...row, card_number: cardNumber }));
  }
  return [...shops.values()].slice(0, mostShopsAtOnce);
}

/** A row as tills are told of it. */
export const writeOf = (row: Omit<Row, 'tenant_id' | 'number' | 'counter'> & { card_number: string }): OpenWrite => ({
  intention: row.intention,
  cardNumber: row.card_number,
  operation: row.operation,
  points: row.points,
  spendMinor: row.spend_minor,
  cardCounter: Math.max(1, row.card_counter),
  wallMs: row.wall_ms,
});
