import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';

/** Cards replaced in a row; a longer row is nobody's customer. */
export const longestRow = 20;

/** A card that balances come by: where they go from here, and whether the shop says so for itself alone. Null: they stay, or it does not. */
type Stage = { cardNumber: string; own: string | null; next: string | null };

/**
 * The way that balances go from `start`, from card to card: by the shop's own words, then by the network's. It ends at the card where
 * they stay, before `end`, or where a row is too long. The transaction must see the rows of both.
 * @param tenant null: by the network's words alone
 */
export async function wayFrom(
  trx: TenantTransaction,
  { network, tenant }: { network: number; tenant: string | null },
  start: string,
  end: string,
): Promise<Stage[]> {
  const words = (of: string) => sql`
    LEFT JOIN shop_cards AS own ON own.tenant_id = ${tenant}::uuid AND own.card_number = ${sql.ref(of)}
    LEFT JOIN cards AS card ON card.network_id = ${network} AND card.card_number = ${sql.ref(of)}`;
  const said = sql`own.replaced_by, coalesce(own.replaced_by, card.replaced_by)`;
  const { rows } = await sql<Stage>`
    WITH RECURSIVE way (card_number, own, next, step) AS (
      SELECT given.number, ${said}, 1 FROM (VALUES (${start}::text)) AS given (number) ${words('given.number')}
      WHERE given.number <> ${end}
      UNION ALL
      SELECT way.next, ${said}, way.step + 1 FROM way ${words('way.next')}
      WHERE way.next <> ${end} AND way.step < ${longestRow}
    )
    SELECT card_number AS "cardNumber", own, next FROM way ORDER BY step
  `.execute(trx);
  return rows;
}

/** Do balances come by its end, or nowhere to a stand? Then they would go round for ever. */
export const leadsBack = (way: readonly Stage[]): boolean => way.at(-1)?.next !== null;
