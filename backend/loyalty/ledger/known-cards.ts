import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';

/**
 * The network's row of cards that shops have issued, under `lockCards`: in use from here on. A chip that the network knows under another number keeps
 * that number: the journal's entry stands, and the card is found by its number alone.
 */
export async function keepIssuedCards(
  trx: TenantTransaction,
  { network, tenant }: { network: number; tenant: string },
  issued: readonly JournalEntry<'card.issued'>[],
  at: Date,
): Promise<void> {
  for (const { body } of issued) {
    const uid = Buffer.from(body.uid, 'hex');
    const known = sql`(SELECT 1 FROM cards WHERE network_id = ${network} AND uid = ${uid})`;
    await sql`
      INSERT INTO cards AS card (network_id, card_number, uid, tenant_id, status, issued_at)
      SELECT ${network}, ${body.cardNumber}, CASE WHEN EXISTS ${known} THEN NULL ELSE ${uid}::bytea END, ${tenant}::uuid, 'active',
        ${at}::timestamptz
      ON CONFLICT (network_id, card_number) DO UPDATE SET
        uid = coalesce(card.uid, excluded.uid),
        tenant_id = coalesce(card.tenant_id, excluded.tenant_id),
        status = CASE WHEN card.status = 'stock' THEN 'active' ELSE card.status END,
        issued_at = coalesce(card.issued_at, excluded.issued_at)
    `.execute(trx);
  }
}
