import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { type AtTill, askNetwork } from './asked-cases.ts';
import { hasLain, isInLot, networkCard, speaksFor } from './rights.ts';

/**
 * The network's row of cards that shops have issued, under `lockCards`: in use from here on, and the shop's to speak for. Only of
 * numbers that were the shop's to give out; any other is a case, and stays whose it is. The chip is not believed of an entry: the
 * server has met it itself, when it made the card.
 */
export async function keepIssuedCards(
  trx: TenantTransaction,
  from: AtTill,
  issued: readonly JournalEntry<'card.issued'>[],
  at: Date,
): Promise<void> {
  const { network, tenant } = from;
  for (const entry of issued) {
    const { cardNumber, how } = entry.body;
    const card = await networkCard(trx, network, cardNumber);
    if (!speaksFor(card, tenant) && !(await isInLot(trx, from, cardNumber))) {
      // One that joins the shop claims nothing.
      if (card && (how === 'joined' || (await hasLain(trx, tenant, cardNumber)))) continue;
      await askNetwork(trx, from, entry, { kind: 'NumberClaimed', cardNumber, facts: { how } }, at);
      continue;
    }
    await sql`
      INSERT INTO cards AS card (network_id, card_number, tenant_id, status, issued_at)
      VALUES (${network}, ${cardNumber}, ${tenant}::uuid, 'active', ${at}::timestamptz)
      ON CONFLICT (network_id, card_number) DO UPDATE SET
        tenant_id = coalesce(card.tenant_id, excluded.tenant_id),
        status = CASE WHEN card.status = 'stock' THEN 'active' ELSE card.status END,
        issued_at = coalesce(card.issued_at, excluded.issued_at)
    `.execute(trx);
  }
}
