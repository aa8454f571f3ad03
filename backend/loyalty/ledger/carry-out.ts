import { z } from 'zod';
import { enterScope, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { AskedCase } from '#backend/terminals/settle-case.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { blockCard, replaceCard } from './hot-list.ts';
import { moveInNetwork } from './moves.ts';
import type { CardWork } from './parts.ts';
import { keepShopWord } from './shop-words.ts';

const Said = z.object({ toCard: CardNumber.optional(), reason: z.string().nullable().optional() });

/**
 * Does in the whole network what a shop has asked of it, under `lockCards`; the shop's own word has become the network's. The
 * transaction sees the rows of `home` again when this returns.
 */
export async function carryOut(
  trx: TenantTransaction,
  { network, home }: { network: number; home: string },
  { kind, cardNumber, askedBy, evidence }: AskedCase,
  work: CardWork,
): Promise<void> {
  if (cardNumber === null || askedBy === null) throw new Error(`a case of kind ${kind} asks for nothing`);
  const { toCard, reason = null } = Said.parse(evidence[0]);
  if (kind === 'ReplaceAsked') {
    if (toCard === undefined) throw new Error('a replacement without a card');
    const to = await replaceCard(trx, network, { fromCard: cardNumber, toCard }, work.outgoing);
    if (to !== null) await moveInNetwork(trx, { network, home, from: cardNumber, to }, work);
    return;
  }
  const blocked = kind === 'BlockAsked';
  if (blocked) {
    await enterScope(trx, { tenant: askedBy });
    await keepShopWord(trx, { network, tenant: askedBy }, cardNumber, { blocked: false, reason: null });
    await enterScope(trx, { tenant: home });
  }
  await blockCard(trx, network, { cardNumber, blocked, reason, by: blocked ? askedBy : null }, work.outgoing);
}
