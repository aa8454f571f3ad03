import { type RawBuilder, sql } from 'kysely';
import { pinTries } from '#backend/cards/pins/check-pin.ts';
import type { PinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { type Database, enterScope, inScope, type TenantTransaction } from '#backend/db/tenancy.ts';

export type CardOfNetwork = { network: number; cardNumber: string };

/** The counter keeps the last try for itself: a stranger with a card's number cannot block it from afar. */
const triesHere = pinTries - 1;
/** No card has room for as many shops, so none is left out. Each that has a PIN of the card costs 20 ms of a core. */
const shopsLookedAt = 100;
/** Of a PIN that nobody has, with the cost of a real one: an unknown card takes as long as a wrong PIN. */
const nobodysHash = '$argon2id$v=19$m=19456,t=2,p=1$Vj3WBrZsas1m3SxgCLq1Sg$MxdvpeScP/T9IkttVKN9vBghE1Us4EvrW3we89/+o6A';

/** One transaction that sees one card's rows in all shops of its network. */
export const inCard = <T>(
  db: Database,
  { network, cardNumber }: CardOfNetwork,
  work: (trx: TenantTransaction) => Promise<T>,
): Promise<T> =>
  inScope(db, { network }, async (trx) => {
    await enterScope(trx, { card: cardNumber });
    return work(trx);
  });

/** Rows of `table` that are this card's in this network; the transaction sees the tenants of no other. */
export const ofCard = (table: string, { cardNumber }: CardOfNetwork): RawBuilder<boolean> =>
  sql<boolean>`${sql.ref(`${table}.card_number`)} = ${cardNumber}
    AND ${sql.ref(`${table}.tenant_id`)} IN (SELECT tenant_id FROM tenants)`;

/**
 * Is this the PIN of the card, in any shop of its network? Every shop has its own. As at the counter the try is counted, durably,
 * before the PIN is looked at; where it is right somewhere, the others' tries are given back.
 * @returns the shops (tenant ids) whose PIN it is; none: wrong, unknown, none set and too many tries alike
 */
export async function shopsWithPin(db: Database, pins: PinHashes, card: CardOfNetwork, pin: string): Promise<string[]> {
  const counted = await inCard(db, card, (trx) => countTries(trx, card));
  const matching: string[] = [];
  for (const { tenant_id, pin_hash } of counted) if (await pins.matches(pin_hash, pin)) matching.push(tenant_id);
  if (counted.length === 0) await pins.matches(nobodysHash, pin);
  if (matching.length > 0) await inCard(db, card, (trx) => giveBack(trx, card, matching));
  return matching;
}

async function countTries(trx: TenantTransaction, card: CardOfNetwork) {
  const { rows } = await sql<{ tenant_id: string; pin_hash: string }>`
    UPDATE card_pins SET tries = tries + 1, tries_from_afar = tries_from_afar + 1, last_try = NULL, last_outcome = NULL
    WHERE ${ofCard('card_pins', card)} AND tenant_id IN (
      SELECT tenant_id FROM card_pins AS known
      WHERE ${ofCard('known', card)} AND known.pin_hash IS NOT NULL AND known.tries < ${triesHere}
      ORDER BY known.changed_at DESC LIMIT ${shopsLookedAt} FOR UPDATE
    )
    RETURNING tenant_id, pin_hash
  `.execute(trx);
  return rows;
}

/** Here it is the holder who asks: what was tried from here costs nothing any more. The counters' own tries stay counted. */
async function giveBack(trx: TenantTransaction, card: CardOfNetwork, matching: string[]): Promise<void> {
  await sql`
    UPDATE card_pins SET tries_from_afar = 0,
      tries = CASE WHEN tenant_id = ANY(${matching}::uuid[]) THEN 0 ELSE greatest(tries - tries_from_afar, 0) END
    WHERE ${ofCard('card_pins', card)}
  `.execute(trx);
}
