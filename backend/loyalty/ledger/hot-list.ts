import { sql } from 'kysely';
import { isOutOfUse } from '#backend/cards/out-of-use.ts';
import type { CardStatus } from '#backend/db/tables.ts';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import { publishAll } from '#backend/terminals/feed.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
import { type Shop, type Standing, shopsWithout } from './shop-words.ts';
import { leadsBack, wayFrom } from './ways.ts';

export const networkOf = async (trx: TenantTransaction, tenant: string): Promise<number> =>
  (await trx.selectFrom('tenants').select('network_id').where('tenant_id', '=', tenant).executeTakeFirstOrThrow())
    .network_id;

const lockClass = 4041978;

/**
 * Changes of a network's cards go one after another: each touches rows of many shops, and is rare. Taken before any other row, so
 * that none waits in a circle.
 * @returns the network of the shop, whose rows the transaction sees from here on
 */
export async function lockCards(trx: TenantTransaction, tenant: string): Promise<number> {
  const network = await networkOf(trx, tenant);
  await enterScope(trx, { network });
  await lockNetworkCards(trx, network);
  return network;
}

/** The same of a transaction that knows its network already. */
export async function lockNetworkCards(trx: TenantTransaction, network: number): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClass}, ${network})`.execute(trx);
}

/** The card's row at the network; the transaction must see the network's rows. A card that has none yet is only known to shops. */
export async function cardStatus(
  trx: TenantTransaction,
  network: number,
  cardNumber: string,
): Promise<{ status: CardStatus; replacedBy: string | null; reason: string | null } | null> {
  const row = await trx
    .selectFrom('cards')
    .select(['status', 'replaced_by as replacedBy', 'block_reason as reason'])
    .where('network_id', '=', network)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Takes a card out of use in the whole network, or puts it back, and tells the tills of every shop, under `lockCards`. A replaced
 * card stays out; a block is its shop's until anybody else blocks the card too, and no one shop's from there on.
 * @param by the shop whose word it is; null: the network's, or the holder's
 * @returns whether the card is out of use now
 */
export async function blockCard(
  trx: TenantTransaction,
  network: number,
  {
    cardNumber,
    blocked,
    reason,
    by,
  }: { cardNumber: string; blocked: boolean; reason: string | null; by: string | null },
  outgoing: Outgoing,
): Promise<boolean> {
  const stays = sql`card.status = 'blocked' AND excluded.status = 'blocked' AND excluded.blocked_by IS NOT NULL`;
  const { rows } = await sql<{ status: CardStatus; replaced_by: string | null }>`
    INSERT INTO cards AS card (network_id, card_number, status, block_reason, blocked_by)
    VALUES (${network}, ${cardNumber}, ${blocked ? 'blocked' : 'active'}, ${reason}, ${blocked ? by : null}::uuid)
    ON CONFLICT (network_id, card_number) DO UPDATE SET
      status = CASE WHEN card.status = 'replaced' THEN 'replaced' ELSE excluded.status END,
      block_reason = CASE WHEN ${stays} THEN card.block_reason ELSE excluded.block_reason END,
      blocked_by = CASE WHEN card.status = 'blocked' AND card.blocked_by IS DISTINCT FROM excluded.blocked_by THEN NULL
        ELSE excluded.blocked_by END
    RETURNING status, replaced_by
  `.execute(trx);
  const out = rows[0]!.status !== 'active';
  await tellNetwork(trx, network, { cardNumber, blocked: out, by: rows[0]!.replaced_by }, outgoing);
  return out;
}

/**
 * The card is out of use for good, under `lockCards`: its balances go to another. The first that replaced it stands; where the
 * network's own words lead the balances back, nothing changes.
 * @returns the card they go to, which may itself have been replaced; null where that would lead back to this card
 */
export async function replaceCard(
  trx: TenantTransaction,
  network: number,
  { fromCard, toCard }: { fromCard: string; toCard: string },
  outgoing: Outgoing,
): Promise<string | null> {
  const replaced = (await cardStatus(trx, network, fromCard))?.replacedBy ?? null;
  if (replaced === null && leadsBack(await wayFrom(trx, { network, tenant: null }, toCard, fromCard))) return null;
  const { rows } = await sql<{ replaced_by: string | null }>`
    INSERT INTO cards AS card (network_id, card_number, status, replaced_by)
    VALUES (${network}, ${fromCard}, 'replaced', ${toCard})
    ON CONFLICT (network_id, card_number) DO UPDATE SET status = 'replaced',
      replaced_by = coalesce(card.replaced_by, excluded.replaced_by)
    RETURNING replaced_by
  `.execute(trx);
  const by = rows[0]!.replaced_by;
  await tellNetwork(trx, network, { cardNumber: fromCard, blocked: true, by }, outgoing);
  return by;
}

/** @param own the shop's own word, which is added to the network's, and first where both say what the card was replaced by */
const hotItem = (
  { cardNumber, blocked, by }: { cardNumber: string; blocked: boolean; by: string | null },
  own: Standing = { blocked: false, replacedBy: null },
) => {
  const replacedBy = own.replacedBy ?? by;
  const item = {
    item: 'blocked-card' as const,
    cardNumber,
    blocked: blocked || own.blocked || own.replacedBy !== null,
  };
  return replacedBy === null ? item : { ...item, replacedBy };
};

async function tellNetwork(
  trx: TenantTransaction,
  network: number,
  card: { cardNumber: string; blocked: boolean; by: string | null },
  outgoing: Outgoing,
): Promise<void> {
  const shops = await trx.selectFrom('tenants').select('tenant_id').where('network_id', '=', network).execute();
  const without = await shopsWithout(trx, network, card.cardNumber);
  for (const { tenant_id: shop } of shops) outgoing.add(shop, hotItem(card, without.get(shop)));
}

/** Tells one shop's tills whether a card is out of use there. The transaction must see the network's rows. */
export async function tellShop(
  trx: TenantTransaction,
  { network, tenant }: Shop,
  cardNumber: string,
  outgoing: Outgoing,
): Promise<void> {
  const card = await cardStatus(trx, network, cardNumber);
  const blocked = isOutOfUse(card?.status);
  const own = (await shopsWithout(trx, network, cardNumber)).get(tenant);
  outgoing.add(tenant, hotItem({ cardNumber, blocked, by: card?.replacedBy ?? null }, own));
}

/** A shop that joins the network learns of every card that is out of use. The transaction sees the shop's rows and the network's. */
export async function publishHotList(
  trx: TenantTransaction,
  { network, tenant }: { network: number; tenant: string },
): Promise<void> {
  const cards = await trx
    .selectFrom('cards')
    .select(['card_number as cardNumber', 'replaced_by as by'])
    .where('network_id', '=', network)
    .where('status', 'in', ['blocked', 'replaced'])
    .orderBy('card_number')
    .execute();
  await publishAll(
    trx,
    tenant,
    cards.map((card) => hotItem({ ...card, blocked: true })),
  );
}
