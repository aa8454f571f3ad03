import { type RawBuilder, sql } from 'kysely';
import type { ListFilter } from '#backend/reports/office-list.ts';
import type { ListQuery } from '#backend/reports/page.ts';
import type { OfficeCardStatus } from '#contract/central/office-cards.ts';
import type { NameIndex } from '../customers/name-index.ts';

/**
 * Over `cards AS card`, of which there is none where the shop has met a card that no lot of the network knows, and `shop_cards AS own`,
 * of which there mostly is none.
 */
export const shownStatus = sql<OfficeCardStatus>`CASE WHEN card.status IN ('blocked', 'replaced') THEN card.status
  WHEN own.replaced_by IS NOT NULL THEN 'replaced' WHEN own.blocked THEN 'blocked' ELSE 'active' END`;

const inState: Readonly<Record<OfficeCardStatus, RawBuilder<boolean>>> = {
  active: sql`${shownStatus} = 'active'`,
  blocked: sql`${shownStatus} = 'blocked'`,
  replaced: sql`${shownStatus} = 'replaced'`,
};
const states: ReadonlyMap<string, RawBuilder<boolean>> = new Map(Object.entries(inState));

/**
 * The cards that a shop has seen, the last used first, whatever is selected of them: `card_ledger AS ledger`, `tenants AS shop`,
 * `cards AS card`, `shop_cards AS own`, `customers AS customer`. The transaction sees the network's rows too. Null: a state there is none of.
 * @param names null: only numbers are searched
 */
export function cardsOf(
  tenant: string,
  { search, status }: ListFilter,
  names: NameIndex | null,
): Omit<ListQuery, 'select'> | null {
  const state = status === undefined ? sql`true` : states.get(status);
  if (!state) return null;
  return {
    from: sql`card_ledger AS ledger JOIN tenants AS shop USING (tenant_id)
      LEFT JOIN cards AS card ON card.network_id = shop.network_id AND card.card_number = ledger.card_number
      LEFT JOIN shop_cards AS own ON own.tenant_id = ledger.tenant_id AND own.card_number = ledger.card_number
      LEFT JOIN customers AS customer
        ON customer.tenant_id = ledger.tenant_id AND customer.card_number = ledger.card_number`,
    where: sql`ledger.tenant_id = ${tenant} AND ${state} AND ${searched(tenant, search?.trim() ?? '', names)}`,
    order: [
      { by: sql`ledger.updated_at`, type: 'timestamptz' },
      { by: sql`ledger.card_number`, type: 'text' },
    ],
    direction: 'desc',
  };
}

/** Digits are the beginning of a card's number, however it is spaced; all else is a name. */
function searched(tenant: string, search: string, names: NameIndex | null): RawBuilder<unknown> {
  if (search === '') return sql`true`;
  const digits = search.replace(/[\s.-]/g, '');
  if (/^\d+$/.test(digits)) return numbered(digits);
  const wanted = names?.wanted(search) ?? null;
  return wanted === null ? sql`false` : named(tenant, wanted);
}

/** By its own table and not an array's index: under row-level security an index serves comparisons only. */
const named = (tenant: string, wanted: readonly string[]): RawBuilder<boolean> => sql`ledger.card_number IN (
  SELECT card_number FROM customers WHERE tenant_id = ${tenant} AND customer_id IN (
    SELECT customer_id FROM customer_names WHERE tenant_id = ${tenant} AND entry = ANY(${wanted}::text[])
    GROUP BY customer_id HAVING count(*) = ${wanted.length}
  )
)`;

const numberLength = 10;

/** A range and not a pattern, for the same reason. */
const numbered = (digits: string): RawBuilder<boolean> =>
  digits.length > numberLength
    ? sql`false`
    : sql`ledger.card_number BETWEEN ${digits.padEnd(numberLength, '0')} AND ${digits.padEnd(numberLength, '9')}`;
