import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { openCardCases } from '#backend/loyalty/ledger/card-cases.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import type { AccountKind } from '#contract/accounts/effects.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { AccountKey } from './account-rows.ts';

/** The hold that an entry was made under. `released`: a person had given it back before the entry came. */
export type TakenHold = { was: 'held' | 'released'; borneBy: string; releasedBy: string | null; reason: string | null };

/** Takes the hold that an entry was made under, the accounts locked. Null: there is none, or it was proven that none would be used. */
export async function takeHold(
  trx: TenantTransaction,
  { tenant, cardNumber, account }: AccountKey,
  { intention, amountMinor }: { intention: string; amountMinor: number },
): Promise<TakenHold | null> {
  const { rows } = await sql<TakenHold>`
    UPDATE account_holds AS now SET state = 'posted' FROM account_holds AS before
    WHERE now.tenant_id = ${tenant} AND now.intention = ${intention}
      AND before.tenant_id = now.tenant_id AND before.intention = now.intention
      AND (before.state = 'held' OR (before.state = 'released' AND before.released_at IS NOT NULL))
      AND now.card_number = ${cardNumber} AND now.account = ${account} AND now.amount_minor = ${amountMinor}
    RETURNING before.state AS was, coalesce(now.moved_to, now.card_number) AS "borneBy",
      now.released_by AS "releasedBy", now.release_reason AS reason
  `.execute(trx);
  return rows[0] ?? null;
}

type Late = { entry: JournalEntry<AccountKind>; hold: TakenHold; figure: number };

/** The entry that a person no longer awaited has come: it is posted as it is, and somebody must look who got the money meanwhile. */
export const openReleasedCase = (
  trx: TenantTransaction,
  { tenant, terminal }: Pick<Writer, 'tenant' | 'terminal'>,
  { entry: { intention, kind, body }, hold: { releasedBy, reason }, figure }: Late,
  at: Date,
): Promise<void> => {
  const { cardNumber, amountMinor, currency } = body;
  const evidence = { intention, kind, amountMinor, currency, figureMinor: figure, releasedBy, reason };
  const found = { kind: 'PostedAfterRelease', cardNumber, place: intention, terminal, evidence } as const;
  return openCardCases(trx, tenant, [found], at);
};
