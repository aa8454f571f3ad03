import { type RawBuilder, sql } from 'kysely';
import type { ListFilter } from '#backend/reports/office-list.ts';
import type { ListQuery } from '#backend/reports/page.ts';
import type { OfficeCardStatus } from '#contract/central/office-cards.ts';
import type { NameIndex } from '../customers/name-index.ts';

/** Over `cards AS card`, of which there is none where the shop has met a card that no lot of the network knows. */
export const shownStatus = sql<OfficeCardStatus>`CASE WHEN card.status IN ('blocked', 'replaced') THEN card.status ELSE 'active' END`;

const inState: Readonly<Record<OfficeCardStatus, RawBuilder<boolean>>> = {
  active: sql`(card.status IS NULL OR card.status NOT IN ('blocked', 'replaced'))`,
  blocked: sql`card.status = 'blocked'`,
  replaced: sql`card.status = 'replaced'`,
};
const states: Readonly<Record<string, RawBuilder<boolean> | undefined>> = inState;

/**
 * The cards that a shop has seen, the last used first, whatever is selected of them: `card_ledger AS ledger`, `tenants AS shop`,
 * `cards AS card`, `customers AS customer`. The transaction sees the network's rows too. Null: a state there is none of.
 * @param names null: only numbers are searched
 */
export function cardsOf(
  tenant: string,
  { search, status }: ListFilter,
  names: NameIndex | null,
): Omit<ListQuery, 'select'> | null {
  const state = status === undefined ? sql`true` : states[status];
  if (!state) return null;
  return {
    from: sql`card_ledger AS ledger JOIN tenants AS shop USING (tenant_id)
      LEFT JOIN cards AS card ON card.network_id = shop.network_id AND card.card_number = ledger.card_number
      LEFT JOIN customers AS customer
        ON customer.tenant_id = ledger.tenant_id AND customer.card_number = ledger.card_number`,
    where: sql`ledger.tenant_id = ${tenant} AND ${state} AND ${searched(search?.trim() ?? '', names)}`,
    order: [
      { by: sql`ledger.updated_at`, type: 'timestamptz' },
      { by: sql`ledger.card_number`, type: 'text' },
    ],
    direction: 'desc',
  };
}

/** Digits are the beginning or the end of a card's number, however it is spaced; all else is a name. */
function searched(search: string, names: NameIndex | null): RawBuilder<unknown> {
  if (search === '') return sql`true`;
  const digits = search.replace(/[\s.-]/g, '');
  if (/^\d+$/.test(digits)) return numbered(digits);
  const wanted = names?.wanted(search) ?? null;
  return wanted === null ? sql`false` : sql`customer.name_index @> ${wanted}::text[]`;
}

const numberLength = 10;

/** Ranges and not patterns: under row-level security an index is used for comparisons only. */
function numbered(digits: string): RawBuilder<boolean> {
  if (digits.length > numberLength) return sql`false`;
  const last = [...digits].reverse().join('');
  const within = (beginning: string) =>
    sql`BETWEEN ${beginning.padEnd(numberLength, '0')} AND ${beginning.padEnd(numberLength, '9')}`;
  return sql`(ledger.card_number ${within(digits)} OR reverse(ledger.card_number) ${within(last)})`;
}
