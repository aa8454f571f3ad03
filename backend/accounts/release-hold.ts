import { sql } from 'kysely';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { lockAccount, moveAccount } from './account-rows.ts';
import { type HoldRow, holdQuery, officeHold } from './hold-list.ts';

type Release = { intention: string; reason: string; by: string; nowMs: number };

/**
 * Gives a hold back by a person's word, once no till can be about to use it. Should its entry come all the same it is posted, and a
 * case says so. The same person's same word again changes nothing.
 * Refusals: NotFound (none is held so, or its entry has come), HoldInUse.
 */
export async function releaseHold(
  trx: TenantTransaction,
  tenant: string,
  { intention, reason, by, nowMs }: Release,
): Promise<Result<{ released: true }, CentralError>> {
  const known = () =>
    trx
      .selectFrom('account_holds')
      .selectAll()
      .where('tenant_id', '=', tenant)
      .where('intention', '=', intention)
      .executeTakeFirst();
  const asked = await known();
  if (!asked) return err(refusal('NotFound'));
  const now = new Date(nowMs);
  const key = { tenant, cardNumber: asked.moved_to ?? asked.card_number, account: asked.account };
  // The account first, as everybody does; what has become of the hold meanwhile is seen behind the lock.
  await lockAccount(trx, key, now);
  const found = await known();
  if (found?.released_by === by && found.release_reason === reason) return ok({ released: true });
  const { select, from, where } = holdQuery(tenant);
  const { rows } = await sql<HoldRow>`
    SELECT ${select} FROM ${from} WHERE ${where} AND hold.intention = ${intention} FOR UPDATE OF hold
  `.execute(trx);
  const [hold] = rows;
  if (!hold || hold.card_number !== key.cardNumber) return err(refusal('NotFound'));
  const { mayRelease, releasableAtMs } = officeHold(hold, nowMs);
  if (!mayRelease) return err(refusal('HoldInUse', { waitMs: releasableAtMs - nowMs }));
  await trx
    .updateTable('account_holds')
    .set({ state: 'released', released_at: now, released_by: by, release_reason: reason })
    .where('tenant_id', '=', tenant)
    .where('intention', '=', intention)
    .execute();
  await moveAccount(trx, key, { figure: 0, held: 0 - hold.amount }, now);
  return ok({ released: true });
}
