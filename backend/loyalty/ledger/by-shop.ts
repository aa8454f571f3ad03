import { isOutOfUse } from '#backend/cards/out-of-use.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { type AtTill, askNetwork, takeBack } from './asked-cases.ts';
import { blockCard, replaceCard, tellShop } from './hot-list.ts';
import { moveBack, moveInNetwork, moveInShop } from './moves.ts';
import type { CardWork } from './parts.ts';
import { mayBlock, networkCard, speaksFor } from './rights.ts';
import { keepShopWord, shopReplacement } from './shop-words.ts';
import { leadsBack, wayFrom } from './ways.ts';

/**
 * A till takes a card out of use, or puts it back, under `lockCards`: everywhere, where its shop may; else in its own shop alone,
 * and the network is asked. A block of the network's stands in every shop: there is no putting back for one shop alone.
 */
export async function blockByShop(
  trx: TenantTransaction,
  from: AtTill,
  entry: JournalEntry<'card.blocked'>,
  work: CardWork,
): Promise<void> {
  const { cardNumber, blocked, reason } = entry.body;
  const card = await networkCard(trx, from.network, cardNumber);
  const may = await mayBlock(trx, from, entry.body, card);
  const alone = blocked && !may && !isOutOfUse(card?.status);
  await keepShopWord(trx, from, cardNumber, { blocked: alone, reason: alone ? reason : null });
  if (!blocked) await takeBack(trx, from, { kind: 'BlockAsked', cardNumber, by: entry.staff ?? '' }, work.at);
  if (may && (blocked || card?.status === 'blocked')) {
    await blockCard(trx, from.network, { cardNumber, blocked, reason, by: from.tenant }, work.outgoing);
    return;
  }
  await tellShop(trx, from, cardNumber, work.outgoing);
  if (alone) await askNetwork(trx, from, entry, { kind: 'BlockAsked', cardNumber, facts: { reason } }, work.at);
  if (!blocked && card?.status === 'blocked')
    await askNetwork(trx, from, entry, { kind: 'UnblockAsked', cardNumber, facts: { reason } }, work.at);
}

/**
 * A till moves a card's balance to another, under `lockCards`: in every shop, where its shop issued the card; else in its own shop
 * alone, where the card is out of use from here on, and the network is asked about the others. Words already said lead no balance
 * back: against them the till's word changes nothing, and the card stays in use.
 */
export async function replaceByShop(
  trx: TenantTransaction,
  from: AtTill,
  entry: JournalEntry<'card.replaced'>,
  work: CardWork,
): Promise<void> {
  const { fromCard, toCard, how } = entry.body;
  const { network, tenant } = from;
  const card = await networkCard(trx, network, fromCard);
  const said = (await shopReplacement(trx, tenant, fromCard)) ?? card?.replacedBy ?? null;
  const speaks = speaksFor(card, tenant);
  if (speaks) {
    const to = await replaceCard(trx, network, entry.body, work.outgoing);
    if (to !== null) return moveInNetwork(trx, { network, home: tenant, from: fromCard, to }, work);
  }
  if (said === null && (speaks || leadsBack(await wayFrom(trx, from, toCard, fromCard)))) {
    await moveBack(trx, tenant, { from: fromCard, to: toCard }, work);
    await tellShop(trx, from, fromCard, work.outgoing);
    return;
  }
  const to = said ?? toCard;
  if (card?.replacedBy == null) await keepShopWord(trx, from, fromCard, { replacedBy: to });
  await moveInShop(trx, from, { from: fromCard, to }, work);
  await tellShop(trx, from, fromCard, work.outgoing);
  if (speaks || card?.status === 'replaced') return;
  await askNetwork(trx, from, entry, { kind: 'ReplaceAsked', cardNumber: fromCard, facts: { toCard, how } }, work.at);
}
