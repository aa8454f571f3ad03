import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { takeBack } from './asked-cases.ts';
import { cardStatus, tellShop } from './hot-list.ts';
import { reopenWritesOf } from './open-writes.ts';
import type { CardWork } from './parts.ts';
import type { Shop } from './shop-words.ts';
import { giveBack } from './unwritten.ts';
import { leadsBack, longestRow, wayFrom } from './ways.ts';

/**
 * The network's word that balances go from a card to another, where the shop's own words lead them back: it is the newer, so it ends
 * the first of those on the way, and the next while they still lead back. The shop's tills are told; what the shop had asked of the
 * network is answered.
 * @returns whether balances can go now: not where a row is too long
 */
export async function clearWay(
  trx: TenantTransaction,
  shop: Shop,
  { from, to }: { from: string; to: string },
  work: CardWork,
): Promise<boolean> {
  for (let step = 0; step < longestRow; step++) {
    const way = await wayFrom(trx, shop, to, from);
    if (!leadsBack(way)) return true;
    const against = way.find(({ own }) => own !== null);
    if (!against) return false;
    await endWord(trx, shop, { cardNumber: against.cardNumber, from }, work);
  }
  return false;
}

async function endWord(
  trx: TenantTransaction,
  shop: Shop,
  { cardNumber, from }: { cardNumber: string; from: string },
  work: CardWork,
): Promise<void> {
  const { network, tenant } = shop;
  const replacedBy = (await cardStatus(trx, network, cardNumber))?.replacedBy ?? null;
  await trx
    .updateTable('shop_cards')
    .set({ replaced_by: null })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .execute();
  await trx
    .updateTable('card_ledger')
    .set({ replaced_by: replacedBy })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .execute();
  await takeBack(trx, shop, { kind: 'ReplaceAsked', cardNumber, by: '' }, work.at);
  await tellShop(trx, shop, cardNumber, work.outgoing);
  if (replacedBy !== null) return;
  await reopenWritesOf(trx, tenant, cardNumber, work);
  await giveBack(trx, tenant, { from, to: cardNumber }, work);
}
