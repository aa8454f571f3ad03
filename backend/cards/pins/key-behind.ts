import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { Outgoing } from '#backend/terminals/outgoing.ts';
import type { PinHashes } from './pin-hashes.ts';

/**
 * Says whether the card's own spending key is that of an earlier PIN than the server's, and tells the shop's tills where that is
 * new: a till without a link refuses the card's PIN then. The transaction sees the shop's rows.
 */
export async function markKeyBehind(
  trx: TenantTransaction,
  { tenant, cardNumber, behind }: { tenant: string; cardNumber: string; behind: boolean },
  outgoing: Outgoing,
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('card_pins')
    .set({ key_behind: behind })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('key_behind', '=', !behind)
    .executeTakeFirst();
  if (numUpdatedRows > 0n) outgoing.add(tenant, { item: 'key-behind', cardNumber, behind });
}

/**
 * A card whose PIN is about to be changed counts as behind from before its first command until its last answer is here: pulled in
 * between, it has the old key or the new one, and nobody here knows which. What stands is the PIN that the server checks.
 */
export async function markBeforeChange(
  trx: TenantTransaction,
  { tenant, cardNumber, now }: { tenant: string; cardNumber: string; now: Date },
): Promise<void> {
  await trx
    .insertInto('card_pins')
    .values({ tenant_id: tenant, card_number: cardNumber, pin_hash: null, changed_at: now })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'card_number']).doNothing())
    .execute();
  const outgoing = new Outgoing();
  await markKeyBehind(trx, { tenant, cardNumber, behind: true }, outgoing);
  await outgoing.publish(trx, tenant);
}

/** Is this still the PIN that the server checks (null: none)? Its row is held until the transaction ends. */
export async function isPinNow(
  trx: TenantTransaction,
  pins: PinHashes,
  { tenant, cardNumber }: { tenant: string; cardNumber: string },
  pin: string | null,
): Promise<boolean> {
  const row = await trx
    .selectFrom('card_pins')
    .select('pin_hash')
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .forUpdate()
    .executeTakeFirst();
  const hash = row?.pin_hash ?? null;
  return hash === null || pin === null ? hash === pin : pins.matches(hash, pin);
}
