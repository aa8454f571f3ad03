import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { Outgoing } from '#backend/terminals/outgoing.ts';
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

/** Is this still the PIN that the server checks? Its row is held until the transaction ends. */
export async function isPinNow(
  trx: TenantTransaction,
  pins: PinHashes,
  { tenant, cardNumber }: { tenant: string; cardNumber: string },
  pin: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('card_pins')
    .select('pin_hash')
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .forUpdate()
    .executeTakeFirst();
  return row?.pin_hash != null && pins.matches(row.pin_hash, pin);
}
