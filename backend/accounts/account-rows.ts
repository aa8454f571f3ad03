import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';

/** What an account comes to: the purse's balance, or what is owed; and how much of it is promised to tills. */
export type AccountRow = { figure: number; held: number; limit: number };
export type AccountKey = { tenant: string; cardNumber: string; account: AccountName };

/** The account, made where there is none, and kept from everybody else until the transaction ends. */
export async function lockAccount(
  trx: TenantTransaction,
  { tenant, cardNumber, account }: AccountKey,
  now: Date,
): Promise<AccountRow> {
  const { rows } = await sql<AccountRow>`
    INSERT INTO card_accounts AS own (tenant_id, card_number, account, updated_at)
    VALUES (${tenant}, ${cardNumber}, ${account}, ${now}::timestamptz)
    ON CONFLICT (tenant_id, card_number, account) DO UPDATE SET updated_at = own.updated_at
    RETURNING figure_minor AS figure, held_minor AS held, limit_minor AS "limit"
  `.execute(trx);
  return rows[0]!;
}

/** Moves a locked account. @returns its figure after that */
export async function moveAccount(
  trx: TenantTransaction,
  { tenant, cardNumber, account }: AccountKey,
  { figure, held }: { figure: number; held: number },
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ figure: number }>`
    UPDATE card_accounts
    SET figure_minor = figure_minor + ${figure}, held_minor = held_minor + ${held}, updated_at = ${now}::timestamptz
    WHERE tenant_id = ${tenant} AND card_number = ${cardNumber} AND account = ${account}
    RETURNING figure_minor AS figure
  `.execute(trx);
  return rows[0]!.figure;
}

/** Both accounts of a card; one that nobody has used is zero. */
export async function accountsOf(
  trx: TenantTransaction,
  tenant: string,
  cardNumber: string,
): Promise<Record<AccountName, AccountRow>> {
  const { rows } = await sql<AccountRow & { account: AccountName }>`
    SELECT account, figure_minor AS figure, held_minor AS held, limit_minor AS "limit" FROM card_accounts
    WHERE tenant_id = ${tenant} AND card_number = ${cardNumber}
  `.execute(trx);
  const none: AccountRow = { figure: 0, held: 0, limit: 0 };
  const of = (name: AccountName) => rows.find(({ account }) => account === name) ?? none;
  return { purse: of('purse'), credit: of('credit') };
}
