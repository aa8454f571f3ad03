import { isOutOfUse } from '#backend/cards/out-of-use.ts';
import { enterNetwork } from '#backend/cards/shop.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { shopStatus } from '#backend/loyalty/ledger/shop-words.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { checkPin, type PinCheck } from './check-pin.ts';
import type { PinHashes } from './pin-hashes.ts';

export type SpendCheck = PinCheck & {
  status: 'active' | 'blocked' | 'replaced';
  ledgerBalance: number | null;
  keyBehind: boolean;
};
type Asked = { cardNumber: string; intention: string; pin: string | null };

/**
 * What the server knows before points are spent: the card's status, what the shop's ledger holds, and whether the PIN is right.
 * Of a card that is blocked the PIN is not looked at. Refusals: CardUnknown.
 */
export async function spendCheck(
  { db, pins }: { db: Database; pins: PinHashes },
  { tenant }: { tenant: string },
  asked: Asked,
): Promise<Result<SpendCheck, CentralError>> {
  const card = await inTenant(db, tenant, (trx) => standingOf(trx, tenant, asked.cardNumber));
  if (!card) return err(refusal('CardUnknown', { cardNumber: asked.cardNumber }));
  const pin = card.status === 'active' ? asked.pin : null;
  const check = await checkPin(db, pins, { tenant, ...asked, pin });
  return ok({ ...card, ...check, keyBehind: card.keyBehind && isKnown(check) });
}

/** It has been said, or there is none: the card's own key can be made with it. */
const isKnown = ({ pin }: PinCheck): boolean => pin === 'passed' || pin === 'not-set';

async function standingOf(trx: TenantTransaction, tenant: string, cardNumber: string) {
  const { network_id } = await enterNetwork(trx, tenant);
  const card = await trx
    .selectFrom('cards')
    .select('status')
    .where('network_id', '=', network_id)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  const ofCard = { tenant_id: tenant, card_number: cardNumber };
  const ledger = await trx
    .selectFrom('card_ledger')
    .select('balance')
    .where((row) => row.and(ofCard))
    .executeTakeFirst();
  // The till's own entry of a card just issued may not be here yet.
  const opening = await trx
    .selectFrom('card_openings')
    .select('balance')
    .where((row) => row.and(ofCard))
    .where('finished_at', 'is not', null)
    .executeTakeFirst();
  const kept = await trx
    .selectFrom('card_pins')
    .select('key_behind')
    .where((row) => row.and(ofCard))
    .executeTakeFirst();
  if (!card && !ledger) return null;
  const known = card?.status;
  const status = isOutOfUse(known) ? known : ((await shopStatus(trx, tenant, cardNumber)) ?? ('active' as const));
  return { status, ledgerBalance: (ledger ?? opening)?.balance ?? null, keyBehind: kept?.key_behind === true };
}
