import { type RawBuilder, sql } from 'kysely';
import { Uuid } from '#contract/ids/index.ts';

export type Filter = {
  from?: string | undefined;
  to?: string | undefined;
  terminal?: string | undefined;
  search?: string | undefined;
};

const dayForm = /^\d{4}-\d{2}-\d{2}$/;
const instantForm = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/;
const isDate = (text: string) => !Number.isNaN(Date.parse(text)) && (dayForm.test(text) || instantForm.test(text));

/**
 * The condition of a selection over `loyalty_transactions AS sale JOIN tenants`. `from` and `to` are days in the shop's time zone,
 * both included, or instants (RFC 3339, UTC; `to` excluded). Null when one of them cannot be read.
 */
export function condition(tenant: string, { from, to, terminal, search }: Filter): RawBuilder<boolean> | null {
  const time = within(sql`sale.wall_time`, { from, to });
  if (time === null) return null;
  const parts = [sql<boolean>`sale.tenant_id = ${tenant}`, time];
  if (terminal !== undefined) {
    parts.push(Uuid.safeParse(terminal).success ? sql`sale.terminal_id = ${terminal}` : sql`false`);
  }
  const words = search?.trim();
  if (words) parts.push(searched(words));
  return sql<boolean>`${sql.join(parts, sql` AND `)}`;
}

/** Of a selection that joins `tenants`: the same of any column. `from` and `to` as in {@link condition}; null when unreadable. */
export function within(
  column: RawBuilder<unknown>,
  { from, to }: Pick<Filter, 'from' | 'to'>,
): RawBuilder<boolean> | null {
  if ((from !== undefined && !isDate(from)) || (to !== undefined && !isDate(to))) return null;
  const parts = [sql<boolean>`true`];
  if (from !== undefined) parts.push(sql`${column} >= ${boundary(from, 0)}`);
  if (to !== undefined) parts.push(sql`${column} < ${boundary(to, 1)}`);
  return sql<boolean>`${sql.join(parts, sql` AND `)}`;
}

/** The start of a day in the shop's own zone, `daysLater` days on; an instant as it is. */
const boundary = (text: string, daysLater: number): RawBuilder<Date> =>
  dayForm.test(text)
    ? sql`((${text}::date + ${daysLater}::int)::timestamp AT TIME ZONE tenants.time_zone)`
    : sql`${text}::timestamptz`;

/** Part of a card's number however it is spaced, of a ticket's number, or of the name or code of the person who sold. */
function searched(words: string): RawBuilder<boolean> {
  const like = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const digits = words.replace(/[\s.-]/g, '');
  return sql`(
    sale.card_number LIKE ${like(digits)} OR sale.ticket_number ILIKE ${like(words)} OR sale.staff ILIKE ${like(words)}
    OR sale.staff IN (SELECT code FROM staff WHERE staff.tenant_id = sale.tenant_id AND staff.name ILIKE ${like(words)})
  )`;
}
