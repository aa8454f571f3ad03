import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { EntryKind } from '#contract/journal/kinds.ts';
import { giveBirthdayBonuses } from '../customers/birthday-bonus.ts';
import type { AtTill } from './asked-cases.ts';
import { openBonusesTwice } from './bonus-twice.ts';
import { blockByShop, replaceByShop } from './by-shop.ts';
import { lockCards } from './hot-list.ts';
import { keepIssuedCards } from './known-cards.ts';
import { mergeOutcomes } from './merge-outcomes.ts';
import { operationsOf } from './operations.ts';
import type { CardWork } from './parts.ts';
import { keepLearnt } from './record-outcomes.ts';

/**
 * The authority's ledger of cards, from the journal: operations, balances, writes that have still to reach a card, the network's
 * hot list, and cases where what tills say cannot all be true. In the transaction that takes the entries (invariant 8).
 */
export async function projectCards(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  entries: readonly JournalEntry[],
  work: CardWork,
): Promise<void> {
  const rare = entries.filter(({ kind }) => isOfNetwork.has(kind));
  const network = rare.length > 0 ? await lockCards(trx, tenant) : null;
  const learnt = mergeOutcomes(entries.flatMap(operationsOf), ofKind(entries, 'card.outcome'));
  await keepLearnt(trx, { tenant, terminal }, learnt, work);
  if (network !== null) await projectNetwork(trx, { network, tenant, terminal }, rare, work);
  await giveBirthdayBonuses(trx, tenant, ofKind(entries, 'loyalty.sale'), work);
  await openBonusesTwice(trx, { tenant, terminal }, entries, work);
}

const isOfNetwork: ReadonlySet<EntryKind> = new Set(['card.blocked', 'card.replaced', 'card.issued']);

/** What concerns the whole network is rare, and in the order of the journal. What the shop may not say for all is a case. */
async function projectNetwork(
  trx: TenantTransaction,
  from: AtTill,
  rare: readonly JournalEntry[],
  work: CardWork,
): Promise<void> {
  await keepIssuedCards(trx, from, ofKind(rare, 'card.issued'), work.at);
  for (const entry of rare) {
    if (entry.kind === 'card.blocked') await blockByShop(trx, from, entry, work);
    if (entry.kind === 'card.replaced' && entry.body.fromCard !== entry.body.toCard)
      await replaceByShop(trx, from, entry, work);
  }
}

const ofKind = <K extends EntryKind>(entries: readonly JournalEntry[], kind: K) =>
  entries.filter((entry): entry is JournalEntry<K> => entry.kind === kind);
