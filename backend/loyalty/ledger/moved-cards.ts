import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { longestRow } from './ways.ts';

/** Cards of one customer that are looked at, and moves onto one card: who has more has made them up. */
const mostCards = 100;

/**
 * The cards of a shop that have become one by replacements and merges, whichever of them is asked about. A move that was undone,
 * whose card is in use again, joins nothing.
 * @returns all of them with the given one, and the card at which the balances stand
 */
export async function movedCards(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
): Promise<{ cards: string[]; standing: string }> {
  const { rows } = await sql<{ card: string; standing: string }>`
    WITH RECURSIVE way (card_number, step) AS (
      VALUES (${cardNumber}::text, 1)
      UNION ALL
      SELECT held.replaced_by, way.step + 1 FROM way
      JOIN card_ledger AS held ON held.tenant_id = ${tenant} AND held.card_number = way.card_number
      WHERE held.replaced_by IS NOT NULL AND way.step < ${longestRow}
    ), standing AS (
      SELECT card_number FROM way ORDER BY step DESC LIMIT 1
    ), moved (card_number) AS (
      SELECT card_number FROM standing
      UNION
      SELECT old.card_number FROM moved
      CROSS JOIN LATERAL (
        SELECT other_card FROM card_operations
        WHERE tenant_id = ${tenant} AND card_number = moved.card_number AND kind = 'moved-in'
        ORDER BY wall_time DESC LIMIT ${mostCards}
      ) AS move
      JOIN card_ledger AS old ON old.tenant_id = ${tenant} AND old.card_number = move.other_card
      WHERE old.replaced_by IS NOT NULL
    )
    SELECT few.card_number AS card, standing.card_number AS standing
    FROM (SELECT card_number FROM moved LIMIT ${mostCards}) AS few CROSS JOIN standing
  `.execute(trx);
  return {
    cards: [...new Set([cardNumber, ...rows.map(({ card }) => card)])],
    standing: rows[0]?.standing ?? cardNumber,
  };
}
