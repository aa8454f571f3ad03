import { type SpendCheck, spendCheck } from '#backend/cards/pins/check-spend.ts';
import type { PinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import type { HoldStamp } from '#contract/central/till-accounts.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { type AccountRow, lockAccount, moveAccount } from './account-rows.ts';
import { keepInPlace, replacements } from './move-accounts.ts';

export type HoldParts = { db: Database; pins: PinHashes; clock: Clock };
export type HoldAsked = {
  cardNumber: string;
  intention: string;
  account: AccountName;
  amountMinor: number;
  pin: string | null;
  stamp: HoldStamp;
};
type From = { tenant: string; terminal: string };
export type Held = { balanceMinor: number; pin: 'not-set' | 'passed'; keyBehind: boolean };

/**
 * Holds an amount for one intention of one till: however often it is asked, and by whatever way the answer was lost, it is held once.
 * The PIN is looked at first; the funds under the account's lock, so that two tills never get the same money.
 * Refusals: as in the contract.
 */
export async function authorise(
  { db, pins, clock }: HoldParts,
  from: From,
  asked: HoldAsked,
): Promise<Result<Held, CentralError>> {
  const { cardNumber, intention, pin } = asked;
  const gone = await inTenant(db, from.tenant, (trx) => replacedBy(trx, from.tenant, cardNumber));
  if (gone) return err(gone);
  const checked = await spendCheck({ db, pins }, from, { cardNumber, intention, pin });
  if (!checked.ok) return checked;
  const refused = refusedBy(cardNumber, checked.value);
  if (refused) return err(refused);
  const held = await inTenant(db, from.tenant, (trx) => hold(trx, from, asked, new Date(clock.wallMs())));
  if (!held.ok) return held;
  const { pin: checkedPin, keyBehind } = checked.value;
  return ok({ balanceMinor: held.value, pin: checkedPin === 'passed' ? 'passed' : 'not-set', keyBehind });
}

async function replacedBy(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<CentralError | null> {
  const byCardNumber = (await replacements(trx, tenant, [cardNumber])).get(cardNumber);
  return byCardNumber === undefined ? null : refusal('CardReplaced', { cardNumber, byCardNumber });
}

function refusedBy(cardNumber: string, { status, pin, triesLeft }: SpendCheck): CentralError | null {
  if (status !== 'active') return refusal('CardBlocked', { cardNumber });
  if (pin === 'required') return refusal('PinRequired', { triesLeft });
  if (pin === 'wrong') return refusal('PinWrong', { triesLeft });
  return pin === 'blocked' ? refusal('PinBlocked') : null;
}

async function hold(
  trx: TenantTransaction,
  { tenant, terminal }: From,
  { cardNumber, intention, account, amountMinor, stamp }: HoldAsked,
  now: Date,
): Promise<Result<number, CentralError>> {
  const key = { tenant, cardNumber, account };
  // The card may have been replaced while its PIN was looked at, and what is held for this very intention have moved with it.
  await keepInPlace(trx, tenant, [cardNumber]);
  const gone = await replacedBy(trx, tenant, cardNumber);
  if (gone) return err(gone);
  const row = await lockAccount(trx, key, now);
  const known = await trx
    .selectFrom('account_holds')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('intention', '=', intention)
    .forUpdate()
    .executeTakeFirst();
  const isSame =
    !known ||
    (known.card_number === cardNumber &&
      known.account === account &&
      known.amount_minor === amountMinor &&
      known.terminal_id === terminal);
  // A till that has made the entry does not ask: one that asks again has lost it, and could only make it twice.
  if (!isSame || known?.state === 'posted') return err(refusal('IntentionReused', { intention }));
  if (!known && (await hasActed(trx, tenant, intention))) return err(refusal('IntentionReused', { intention }));
  const lacking = known?.state === 'held' ? null : lacks(account, row, amountMinor);
  if (lacking) return err(lacking);
  // An older question that came late must not take the newer one's time away.
  const isStale = known?.asked_boot === stamp.bootId && known.asked_monotonic_ms > stamp.monotonicMs;
  if (known?.state === 'held' && isStale) return ok(standing(account, row));
  const stamped = {
    state: 'held' as const,
    asked_epoch: stamp.epoch,
    asked_seq: stamp.seq,
    asked_boot: stamp.bootId,
    asked_monotonic_ms: stamp.monotonicMs,
    held_at: now,
    ...{ moved_to: null, released_at: null, released_by: null, release_reason: null },
  };
  await trx
    .insertInto('account_holds')
    .values({
      tenant_id: tenant,
      intention,
      card_number: cardNumber,
      account,
      amount_minor: amountMinor,
      terminal_id: terminal,
      ...stamped,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'intention']).doUpdateSet(stamped))
    .execute();
  if (known?.state === 'held') return ok(standing(account, row));
  await moveAccount(trx, key, { figure: 0, held: amountMinor }, now);
  return ok(standing(account, { ...row, held: row.held + amountMinor }));
}

/** An intention is one act for ever: one that has done something else can hold nothing. */
const hasActed = async (trx: TenantTransaction, tenant: string, intention: string): Promise<boolean> =>
  (await trx
    .selectFrom('acts')
    .select('intention')
    .where('tenant_id', '=', tenant)
    .where('intention', '=', intention)
    .executeTakeFirst()) !== undefined;

/** Once all that is held has come: what the purse holds then, or what is owed. */
const standing = (account: AccountName, { figure, held }: AccountRow): number =>
  account === 'purse' ? figure - held : figure + held;

function lacks(account: AccountName, row: AccountRow, amountMinor: number): CentralError | null {
  const stands = standing(account, row);
  if (account === 'purse') {
    const missingMinor = amountMinor - stands;
    return missingMinor <= 0 ? null : refusal('PurseTooLow', { balanceMinor: stands, missingMinor });
  }
  return stands + amountMinor <= row.limit
    ? null
    : refusal('CreditLimit', { limitMinor: row.limit, owedMinor: stands });
}
