import type { CardStatus } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { cardDataOf, parseCardNumber } from '#contract/loyalty/card-number.ts';
import type { Shop } from './shop-words.ts';

/** A card at the network: whose it is, and who has taken it out of use. */
export type NetworkCard = {
  issuer: string | null;
  status: CardStatus;
  blockedBy: string | null;
  replacedBy: string | null;
};

/** Null: the network has no such card. The transaction must see the network's rows. */
export async function networkCard(
  trx: TenantTransaction,
  network: number,
  cardNumber: string,
): Promise<NetworkCard | null> {
  const row = await trx
    .selectFrom('cards')
    .select(['tenant_id as issuer', 'status', 'blocked_by as blockedBy', 'replaced_by as replacedBy'])
    .where('network_id', '=', network)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  return row ?? null;
}

/** The shop that issued a card speaks for it in the whole network. */
export const speaksFor = (card: NetworkCard | null, tenant: string): boolean => card?.issuer === tenant;

/**
 * Has the card lain at this shop? The server itself has then given it the shop's place, under keys that no till has: unlike an
 * operation, which a till may make up, and unlike its age, which a patient one waits for.
 */
export async function hasServed(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<boolean> {
  const opening = await openingOf(trx, tenant, cardNumber);
  return opening !== undefined && opening.finished_at !== null;
}

/** May this shop take the card out of use everywhere, or put it back? To put back what another took out is not for who only served it. */
export async function mayBlock(
  trx: TenantTransaction,
  { tenant }: Shop,
  { cardNumber, blocked }: { cardNumber: string; blocked: boolean },
  card: NetworkCard | null,
): Promise<boolean> {
  if (speaksFor(card, tenant)) return true;
  return blocked ? hasServed(trx, tenant, cardNumber) : card?.blockedBy === tenant;
}

/** Has the server begun to give the card this shop's place? Then nothing was made up; whose card it is the server knows already, or nobody. */
export const hasLain = async (trx: TenantTransaction, tenant: string, cardNumber: string): Promise<boolean> =>
  (await openingOf(trx, tenant, cardNumber)) !== undefined;

/** Does the number lie in a lot of the shop's? Then it is the shop's to give out. */
export async function isInLot(trx: TenantTransaction, { network, tenant }: Shop, cardNumber: string): Promise<boolean> {
  if (!parseCardNumber(cardNumber).ok) return false;
  const lot = await trx
    .selectFrom('card_lots')
    .select('lot')
    .where('network_id', '=', network)
    .where('tenant_id', '=', tenant)
    .where('made_at', 'is not', null)
    .where('first_data', '<=', cardDataOf(cardNumber))
    .where('last_data', '>=', cardDataOf(cardNumber))
    .executeTakeFirst();
  return lot !== undefined;
}

const openingOf = (trx: TenantTransaction, tenant: string, cardNumber: string) =>
  trx
    .selectFrom('card_openings')
    .select('finished_at')
    .where('tenant_id', '=', tenant)
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
