import { sql } from 'kysely';
import type { LotKind } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { ShopStock } from '#contract/central/office-cards-stock.ts';
import { cardDataOf, cardNumberOf, MAX_CARD_DATA } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

type Answer = Promise<Result<number, CentralError>>;
type Ordered = { networkId: number; tenant: string | null; count: number; kind: LotKind; by: string; now: Date };

/** The first numbers of a network that has no lots. */
const firstOfAll = 1_000_000;
/** Numbers are given out by lots, so hardly any stand in the way of a new one. */
const maxMoves = 1_000;
const advisoryKey = 4041978;

/**
 * Reserves the numbers of a new lot, those after the last one, past any that is in use without a lot. @returns the lot's number
 * Refusals: InvalidRequest (`count`: the network has no such run of numbers left).
 */
export async function orderLot(trx: TenantTransaction, { networkId, tenant, count, kind, by, now }: Ordered): Answer {
  await sql`SELECT pg_advisory_xact_lock(${advisoryKey}::int, ${networkId}::int)`.execute(trx);
  const { rows } = await sql<{ lot: number; after: number | null }>`
    SELECT coalesce(max(lot), 0) + 1 AS lot, max(last_data) AS after FROM card_lots WHERE network_id = ${networkId}
  `.execute(trx);
  const { lot, after } = rows[0]!;
  const first = await freeRun(trx, networkId, after === null ? firstOfAll : after + 1, count);
  if (first === null) return err(refusal('InvalidRequest', { what: 'count' }));
  const numbers = { first_data: first, last_data: first + count - 1, next_data: first };
  const ordered = {
    ordered_at: now,
    ordered_by: by,
    made_at: null,
    tenant_id: tenant,
    assigned_at: tenant ? now : null,
  };
  await trx
    .insertInto('card_lots')
    .values({ network_id: networkId, lot, kind, ...numbers, ...ordered })
    .execute();
  return ok(lot);
}

async function freeRun(trx: TenantTransaction, networkId: number, from: number, count: number): Promise<number | null> {
  let first = from;
  for (let move = 0; move < maxMoves; move++) {
    const last = first + count - 1;
    if (last > MAX_CARD_DATA) return null;
    const inTheWay = await trx
      .selectFrom('cards')
      .select('card_number')
      .where('network_id', '=', networkId)
      .where('card_number', '>=', cardNumberOf(first))
      .where('card_number', '<=', cardNumberOf(last))
      .orderBy('card_number', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!inTheWay) return first;
    first = cardDataOf(inTheWay.card_number) + 1;
  }
  return null;
}

/** The cards of a lot have come. Done again, it changes nothing. Refusals: NotFound. */
export async function makeLot(trx: TenantTransaction, networkId: number, lot: number, now: Date): Answer {
  const made = await trx
    .updateTable('card_lots')
    .set({ made_at: sql`coalesce(made_at, ${now})` })
    .where('network_id', '=', networkId)
    .where('lot', '=', lot)
    .returning('kind')
    .executeTakeFirst();
  if (!made) return err(refusal('NotFound'));
  if (made.kind === 'pre-personalised') await registerCards(trx, networkId, lot);
  return ok(lot);
}

/** Cards that bear their number already are known before they are seen: any shop may take them in. */
const registerCards = (trx: TenantTransaction, networkId: number, lot: number) =>
  sql`
    INSERT INTO cards (network_id, card_number, lot, tenant_id, status)
    SELECT network_id, lpad(data::text, 8, '0') || lpad((98 - data::bigint * 100 % 97)::text, 2, '0'), lot, tenant_id, 'stock'
    FROM card_lots, generate_series(first_data, last_data) AS data
    WHERE network_id = ${networkId} AND lot = ${lot}
    ON CONFLICT DO NOTHING
  `.execute(trx);

/** Hands a lot to a shop, as long as none of its cards is issued. Refusals: NotFound, InvalidRequest (`lot`). */
export async function assignLot(
  trx: TenantTransaction,
  { networkId, lot, tenant, now }: { networkId: number; lot: number; tenant: string; now: Date },
): Answer {
  const held = await trx
    .selectFrom('card_lots')
    .select('tenant_id')
    .where('network_id', '=', networkId)
    .where('lot', '=', lot)
    .forUpdate()
    .executeTakeFirst();
  if (!held) return err(refusal('NotFound'));
  if (held.tenant_id === tenant) return ok(lot);
  const issued = await trx
    .selectFrom('cards')
    .select('card_number')
    .where('network_id', '=', networkId)
    .where('lot', '=', lot)
    .where('status', '<>', 'stock')
    .limit(1)
    .executeTakeFirst();
  if (issued) return err(refusal('InvalidRequest', { what: 'lot' }));
  await trx
    .updateTable('card_lots')
    .set({ tenant_id: tenant, assigned_at: now })
    .where('network_id', '=', networkId)
    .where('lot', '=', lot)
    .execute();
  await trx
    .updateTable('cards')
    .set({ tenant_id: tenant })
    .where('network_id', '=', networkId)
    .where('lot', '=', lot)
    .execute();
  return ok(lot);
}

/** What each shop has. @param only one shop's tenant; null: all of the network */
export async function stockOf(trx: TenantTransaction, networkId: number, only: string | null): Promise<ShopStock[]> {
  const { rows } = await sql<ShopStock>`
    SELECT shop.number, shop.name,
      coalesce(sum(lot.size) FILTER (WHERE lot.made_at IS NOT NULL), 0)::bigint - coalesce(sum(lot.issued), 0)::bigint AS free,
      coalesce(sum(lot.issued), 0)::bigint AS issued,
      coalesce(sum(lot.size) FILTER (WHERE lot.made_at IS NULL), 0)::bigint AS ordered
    FROM tenants AS shop
    LEFT JOIN LATERAL (
      SELECT made_at, last_data - first_data + 1 AS size, (
        SELECT count(*) FROM cards
        WHERE cards.network_id = card_lots.network_id AND cards.lot = card_lots.lot AND cards.status <> 'stock'
      ) AS issued
      FROM card_lots WHERE card_lots.tenant_id = shop.tenant_id
    ) AS lot ON true
    WHERE shop.network_id = ${networkId} AND (${only}::uuid IS NULL OR shop.tenant_id = ${only}::uuid)
    GROUP BY shop.number, shop.name ORDER BY shop.number LIMIT 1000
  `.execute(trx);
  return rows;
}
