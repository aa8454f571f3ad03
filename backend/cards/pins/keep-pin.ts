import type { TenantTransaction } from '#backend/db/tenancy.ts';

/** Puts a PIN that the card has taken (null: it has none any more) in place of the one before, with all its tries. */
export async function keepPin(
  trx: TenantTransaction,
  { tenant, cardNumber, pinHash, now }: { tenant: string; cardNumber: string; pinHash: string | null; now: Date },
): Promise<void> {
  const values = {
    pin_hash: pinHash,
    tries: 0,
    tries_from_afar: 0,
    last_try: null,
    last_outcome: null,
    changed_at: now,
  };
  await trx
    .insertInto('card_pins')
    .values({ tenant_id: tenant, card_number: cardNumber, last_unblock: null, ...values })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'card_number']).doUpdateSet(values))
    .execute();
}

/** Gives the tries of a PIN back, once for each act of a person. */
export async function unblockPin(
  trx: TenantTransaction,
  { tenant, cardNumber, intention }: { tenant: string; cardNumber: string; intention: string },
): Promise<void> {
  await trx
    .updateTable('card_pins')
    .set({ tries: 0, tries_from_afar: 0, last_try: null, last_outcome: null, last_unblock: intention })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where((row) => row.or([row('last_unblock', 'is', null), row('last_unblock', '<>', intention)]))
    .execute();
}
