import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';

/** A shop in its network. */
export type Shop = { network: number; tenant: string };

/** A card is out of use for a shop: by the network's word, or by its own alone. `replacedBy`: the card its balance went to. */
export type Standing = { blocked: boolean; replacedBy: string | null };

/** What a shop says of a card for itself alone; what is left out stays as it was. Of replacements the first stands. */
export async function keepShopWord(
  trx: TenantTransaction,
  { network, tenant }: Shop,
  cardNumber: string,
  word: { blocked: boolean; reason: string | null } | { replacedBy: string },
): Promise<void> {
  const columns =
    'blocked' in word ? { blocked: word.blocked, block_reason: word.reason } : { replaced_by: word.replacedBy };
  await trx
    .insertInto('shop_cards')
    .values({ tenant_id: tenant, card_number: cardNumber, network_id: network, ...columns })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'card_number'])
        .doUpdateSet(
          'blocked' in word ? columns : { replaced_by: sql`coalesce(shop_cards.replaced_by, excluded.replaced_by)` },
        ),
    )
    .execute();
}

/** The shops for which a card is out of use whatever the network says; the transaction must see the network's rows. */
export async function shopsWithout(
  trx: TenantTransaction,
  network: number,
  cardNumber: string,
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await trx
    .selectFrom('shop_cards')
    .select(['tenant_id', 'blocked', 'replaced_by as replacedBy'])
    .where('network_id', '=', network)
    .where('card_number', '=', cardNumber)
    .where((row) => row.or([row('blocked', '=', true), row('replaced_by', 'is not', null)]))
    .execute();
  return new Map(rows.map(({ tenant_id, ...word }) => [tenant_id, word]));
}

/** The card that a shop alone says a card was replaced by; null: it says nothing. */
export async function shopReplacement(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
): Promise<string | null> {
  const word = await trx
    .selectFrom('shop_cards')
    .select('replaced_by')
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  return word?.replaced_by ?? null;
}

/** What a shop alone says of a card's use; null: nothing. */
export async function shopStatus(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
): Promise<'blocked' | 'replaced' | null> {
  const word = await trx
    .selectFrom('shop_cards')
    .select(['blocked', 'replaced_by'])
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  if (!word) return null;
  return word.replaced_by !== null ? 'replaced' : word.blocked ? 'blocked' : null;
}
