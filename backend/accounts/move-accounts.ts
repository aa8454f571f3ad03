import { sql } from 'kysely';
import { enterNetwork } from '#backend/cards/shop.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { IdSource } from '#contract/ids/index.ts';
import { AccountName } from '#contract/journal/kinds/accounts.ts';
import { type AccountKey, lockAccount } from './account-rows.ts';

/** When, and ids for the postings that the server makes. */
export type MoveWork = { at: Date; ids: IdSource };
type Cards = { from: string; to: string };

/** Cards replaced in a row; a longer row is nobody's customer. */
const longestRow = 20;

/**
 * Of these cards those that have been replaced, in the whole network or for this shop alone, whose word is first; each with the card
 * that stands at the end of the row. A row that comes round to its card replaces nothing.
 */
export async function replacements(
  trx: TenantTransaction,
  tenant: string,
  cards: readonly string[],
): Promise<Map<string, string>> {
  if (cards.length === 0) return new Map();
  const { network_id: network } = await enterNetwork(trx, tenant);
  const next = sql`coalesce(own.replaced_by, card.replaced_by)`;
  const words = (of: string) => sql`
    LEFT JOIN shop_cards AS own ON own.tenant_id = ${tenant} AND own.card_number = ${sql.ref(of)}
    LEFT JOIN cards AS card ON card.network_id = ${network} AND card.card_number = ${sql.ref(of)}`;
  const { rows } = await sql<{ first: string; last: string }>`
    WITH RECURSIVE way (first, last, step) AS (
      SELECT given.number, ${next}, 1 FROM unnest(${cards}::text[]) AS given (number) ${words('given.number')}
      WHERE ${next} IS NOT NULL
      UNION ALL
      SELECT way.first, ${next}, way.step + 1 FROM way ${words('way.last')}
      WHERE ${next} IS NOT NULL AND way.step < ${longestRow}
    )
    SELECT first, (array_agg(last ORDER BY step DESC))[1] AS last FROM way GROUP BY first HAVING NOT bool_or(last = first)
  `.execute(trx);
  return new Map(rows.map(({ first, last }) => [first, last]));
}

const lockClass = 1886745;

/** Nobody replaces these cards in this shop before the transaction ends; who was about to has done so when this returns. */
export async function keepInPlace(trx: TenantTransaction, tenant: string, cards: readonly string[]): Promise<void> {
  for (const cardNumber of [...cards].sort()) {
    await sql`SELECT pg_advisory_xact_lock_shared(${lockClass}, hashtext(${`${tenant}/${cardNumber}`}))`.execute(trx);
  }
}

/** {@link moveOn} when a card is replaced: once all that is under way on its accounts is there, and nothing more comes in between. */
export async function moveAccounts(
  trx: TenantTransaction,
  tenant: string,
  { from, to }: Cards,
  work: MoveWork,
): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${lockClass}, hashtext(${`${tenant}/${from}`}))`.execute(trx);
  const last = (await replacements(trx, tenant, [to])).get(to) ?? to;
  if (last !== from) await moveOn(trx, tenant, { from, to: last }, work);
}

/**
 * A shop's accounts of a replaced card go on to the card that replaces it: what is in the purse and what is owed add up, holds are
 * borne by the new card from here on, and of the two limits the larger stands. Done again it moves what has come since, which is
 * nothing mostly. In the transaction that replaces the card, or that brings a late entry of it.
 */
export async function moveOn(trx: TenantTransaction, tenant: string, cards: Cards, work: MoveWork): Promise<void> {
  const own = trx.selectFrom('card_accounts').select('account').where('tenant_id', '=', tenant);
  const found = await own.where('card_number', '=', cards.from).execute();
  const names = AccountName.options.filter((name) => found.some(({ account }) => account === name));
  // In the order in which batches lock accounts.
  for (const cardNumber of [cards.from, cards.to].sort()) {
    for (const account of names.toSorted()) await lockAccount(trx, { tenant, cardNumber, account }, work.at);
  }
  for (const account of names) await moveOne(trx, tenant, account, cards, work);
}

async function moveOne(
  trx: TenantTransaction,
  tenant: string,
  account: AccountName,
  { from, to }: Cards,
  { at, ids }: MoveWork,
): Promise<void> {
  const { figure, held, limit } = await lockAccount(trx, { tenant, cardNumber: from, account }, at);
  await sql`
    UPDATE account_holds SET moved_to = ${to}
    WHERE tenant_id = ${tenant} AND account = ${account} AND state = 'held' AND coalesce(moved_to, card_number) = ${from}
  `.execute(trx);
  const mark = sql`replaced_by = ${to}, limit_minor = 0`;
  const left = await shift(
    trx,
    { tenant, cardNumber: from, account },
    { figure: 0 - figure, held: 0 - held },
    mark,
    at,
  );
  // A card that was replaced may be the one that stands again.
  const larger = sql`limit_minor = greatest(limit_minor, ${limit}::bigint), replaced_by = NULL`;
  const there = await shift(trx, { tenant, cardNumber: to, account }, { figure, held }, larger, at);
  if (figure === 0) return;
  const both = { tenant_id: tenant, intention: ids.uuid(), account, held: true, wall_time: at, received_at: at };
  const none = { terminal_id: null, epoch: null, seq: null };
  await trx
    .insertInto('account_postings')
    .values([
      {
        ...{ ...both, ...none, kind: 'moved-out', card_number: from, other_card: to },
        ...{ change_minor: 0 - figure, figure_minor: left },
      },
      {
        ...{ ...both, ...none, kind: 'moved-in', card_number: to, other_card: from },
        ...{ change_minor: figure, figure_minor: there },
      },
    ])
    .execute();
}

/** @returns the figure after it */
async function shift(
  trx: TenantTransaction,
  { tenant, cardNumber, account }: AccountKey,
  { figure, held }: { figure: number; held: number },
  also: ReturnType<typeof sql>,
  at: Date,
): Promise<number> {
  const { rows } = await sql<{ figure: number }>`
    UPDATE card_accounts SET figure_minor = figure_minor + ${figure}, held_minor = held_minor + ${held}, ${also},
      updated_at = ${at}::timestamptz
    WHERE tenant_id = ${tenant} AND card_number = ${cardNumber} AND account = ${account}
    RETURNING figure_minor AS figure
  `.execute(trx);
  return rows[0]!.figure;
}
