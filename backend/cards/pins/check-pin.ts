import { type Database, inTenant, type TenantTransaction } from '#backend/db/tenancy.ts';
import type { PinHashes } from './pin-hashes.ts';

/** Wrong PINs in a row that the server bears, as many as the card itself. */
export const pinTries = 3;

export type PinCheck = { pin: 'not-set' | 'passed' | 'required' | 'wrong' | 'blocked'; triesLeft: number | null };
export type PinAsked = { tenant: string; cardNumber: string; intention: string; pin: string | null };

type Counted = { check: PinCheck } | { hash: string; name: Buffer; tries: number };

/**
 * Checks a cardholder's PIN. The try is counted, durably, before the PIN is looked at: no cut connection and no crash gives a free
 * one. The same PIN asked again by the same act of a person is the same try: it gets the same answer and costs nothing.
 */
export async function checkPin(db: Database, pins: PinHashes, asked: PinAsked): Promise<PinCheck> {
  const counted = await inTenant(db, asked.tenant, (trx) => countTry(trx, pins, asked));
  if ('check' in counted) return counted.check;
  const passed = await pins.matches(counted.hash, asked.pin!);
  await inTenant(db, asked.tenant, (trx) => recordOutcome(trx, asked, counted.name, passed));
  return passed ? { pin: 'passed', triesLeft: pinTries } : refusedAfter(counted.tries);
}

const refusedAfter = (tries: number): PinCheck =>
  tries >= pinTries ? { pin: 'blocked', triesLeft: 0 } : { pin: 'wrong', triesLeft: pinTries - tries };

async function countTry(trx: TenantTransaction, pins: PinHashes, asked: PinAsked): Promise<Counted> {
  const { tenant, cardNumber, intention, pin } = asked;
  const row = await trx
    .selectFrom('card_pins')
    .selectAll()
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.pin_hash === null) return { check: { pin: 'not-set', triesLeft: null } };
  const { pin_hash: hash, tries } = row;
  if (pin === null) {
    const blocked = tries >= pinTries;
    return { check: { pin: blocked ? 'blocked' : 'required', triesLeft: Math.max(0, pinTries - tries) } };
  }
  const name = pins.nameOfTry({ intention, cardNumber, pin });
  if (row.last_try?.equals(name)) {
    if (row.last_outcome === 'passed') return { check: { pin: 'passed', triesLeft: pinTries } };
    if (row.last_outcome === 'wrong') return { check: refusedAfter(tries) };
    return { hash, name, tries };
  }
  if (tries >= pinTries) return { check: { pin: 'blocked', triesLeft: 0 } };
  await trx
    .updateTable('card_pins')
    .set({ tries: tries + 1, last_try: name, last_outcome: 'pending' })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .execute();
  return { hash, name, tries: tries + 1 };
}

const recordOutcome = (trx: TenantTransaction, { tenant, cardNumber }: PinAsked, name: Buffer, passed: boolean) =>
  trx
    .updateTable('card_pins')
    .set(passed ? { tries: 0, tries_from_afar: 0, last_outcome: 'passed' } : { last_outcome: 'wrong' })
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .where('last_try', '=', name)
    .execute();
