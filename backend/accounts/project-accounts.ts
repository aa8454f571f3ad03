import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Writer } from '#backend/terminals/chain.ts';
import {
  type AccountAct,
  type AccountKind,
  accountEffects,
  actOfKind,
  changeMinor,
} from '#contract/accounts/effects.ts';
import { holdForMs } from '#contract/central/till-accounts.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { type AccountKey, lockAccount, moveAccount } from './account-rows.ts';
import { openReleasedCase, takeHold } from './late-holds.ts';
import { keepInPlace, type MoveWork, moveOn, replacements } from './move-accounts.ts';

/** Between the till's clock and its rounding. */
const graceMs = 1_000;

type Posted = { act: AccountAct; entry: JournalEntry<AccountKind>; key: AccountKey };

/**
 * Account entries of a batch become postings, and the holds they were made under are theirs; holds of this terminal whose entry can
 * never come any more are given back. In the transaction that takes the entries. What a journal says is posted, held or not: a
 * payment that nobody held is marked, and may leave a purse below zero. What comes late of a replaced card goes on to the one that
 * replaces it.
 */
export async function projectAccounts(
  trx: TenantTransaction,
  writer: Writer,
  entries: readonly JournalEntry[],
  work: MoveWork,
): Promise<void> {
  const { at: receivedAt } = work;
  const { tenant } = writer;
  const posted = entries.flatMap((entry) => postedOf(tenant, entry));
  const cards = [...new Set(posted.map(({ key }) => key.cardNumber))];
  await keepInPlace(trx, tenant, cards);
  const replaced = await replacements(trx, tenant, cards);
  const last = entries.at(-1);
  const gone = last ? await goneHolds(trx, writer, last) : [];
  const named = new Map<string, AccountKey>();
  const add = (key: AccountKey) => named.set(`${key.cardNumber} ${key.account}`, key);
  for (const { key } of posted) {
    add(key);
    const to = replaced.get(key.cardNumber);
    if (to !== undefined) add({ ...key, cardNumber: to });
  }
  for (const { card_number: cardNumber, account } of gone) add({ tenant, cardNumber, account });
  // Always in the same order, so that two batches never wait for each other in a circle.
  for (const name of [...named.keys()].sort()) await lockAccount(trx, named.get(name)!, receivedAt);
  for (const each of posted) await post(trx, writer, each, receivedAt);
  for (const [from, to] of replaced) await moveOn(trx, tenant, { from, to }, work);
  if (last) await releaseHolds(trx, writer, receivedAt, provenGone(last));
}

function postedOf(tenant: string, entry: JournalEntry): Posted[] {
  const act = actOfKind(entry.kind);
  if (!act) return [];
  const ofAccount = entry as JournalEntry<AccountKind>;
  const { cardNumber } = ofAccount.body;
  return [{ act, entry: ofAccount, key: { tenant, cardNumber, account: accountEffects[act].account } }];
}

async function post(
  trx: TenantTransaction,
  { tenant, terminal }: Writer,
  { act, entry, key }: Posted,
  receivedAt: Date,
): Promise<void> {
  const { amountMinor, cardNumber } = entry.body;
  const hold = await takeHold(trx, key, { intention: entry.intention, amountMinor });
  const change = changeMinor(act, amountMinor);
  const figure = await moveAccount(trx, key, { figure: change, held: 0 }, receivedAt);
  if (hold?.was === 'held') {
    await moveAccount(trx, { ...key, cardNumber: hold.borneBy }, { figure: 0, held: 0 - amountMinor }, receivedAt);
  }
  if (hold?.was === 'released') await openReleasedCase(trx, { tenant, terminal }, { entry, hold, figure }, receivedAt);
  await trx
    .insertInto('account_postings')
    .values({
      tenant_id: tenant,
      intention: entry.intention,
      card_number: cardNumber,
      account: key.account,
      kind: entry.kind,
      change_minor: change,
      figure_minor: figure,
      held: hold?.was === 'held' || !accountEffects[act].held,
      terminal_id: terminal,
      epoch: entry.epoch,
      seq: entry.seq,
      wall_time: new Date(entry.wallTime),
      received_at: receivedAt,
    })
    .execute();
}

/**
 * An entry behind the head that the till named when it asked, made in another run of the program or too long after the question,
 * closes the place where the entry of the hold could have stood: journals have no gaps and are never written backwards.
 */
const provenGone = ({ epoch, seq, bootId, monotonicMs }: JournalEntry) => sql<boolean>`
  (${epoch}::int, ${seq}::bigint) > (asked_epoch, asked_seq)
  AND (asked_boot <> ${bootId}::uuid OR ${monotonicMs}::bigint > asked_monotonic_ms + ${holdForMs + graceMs}::int)`;

async function goneHolds(trx: TenantTransaction, { tenant, terminal }: Writer, last: JournalEntry) {
  return trx
    .selectFrom('account_holds')
    .select([sql<string>`coalesce(moved_to, card_number)`.as('card_number'), 'account'])
    .where('tenant_id', '=', tenant)
    .where('terminal_id', '=', terminal)
    .where('state', '=', 'held')
    .where(provenGone(last))
    .execute();
}

/** Gives what is held back to its accounts. @param which of this terminal's holds; all of them when it is ended for good */
export async function releaseHolds(
  trx: TenantTransaction,
  { tenant, terminal }: Pick<Writer, 'tenant' | 'terminal'>,
  now: Date,
  which = sql<boolean>`true`,
): Promise<void> {
  await sql`
    WITH released AS (
      UPDATE account_holds SET state = 'released'
      WHERE tenant_id = ${tenant} AND terminal_id = ${terminal} AND state = 'held' AND ${which}
      RETURNING coalesce(moved_to, card_number) AS card_number, account, amount_minor
    ), sums AS (
      SELECT card_number, account, sum(amount_minor)::bigint AS amount FROM released GROUP BY card_number, account
    )
    UPDATE card_accounts AS own SET held_minor = own.held_minor - sums.amount, updated_at = ${now}::timestamptz
    FROM sums WHERE own.tenant_id = ${tenant} AND own.card_number = sums.card_number AND own.account = sums.account
  `.execute(trx);
}
