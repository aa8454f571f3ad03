import type { Selectable } from 'kysely';
import type { CardLots } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { cardDataOf, cardNumberOf, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';

export type TakenNumber = { cardNumber: string; lot: number };
type Lot = Selectable<CardLots>;

/** Numbers looked through at once for a free one: most are, for `next_data` follows what was given out. */
const searchStep = 1_000;

/**
 * The next free number of the shop's lots, in their order. The lot's row is held until the transaction ends, so that two tills
 * never get one number. Refusals: NoCardsInStock.
 */
export async function takeNextNumber(
  trx: TenantTransaction,
  { networkId, tenant }: { networkId: number; tenant: string },
): Promise<Result<TakenNumber, CentralError>> {
  const lots = await trx
    .selectFrom('card_lots')
    .selectAll()
    .where('network_id', '=', networkId)
    .where('tenant_id', '=', tenant)
    .where('made_at', 'is not', null)
    .whereRef('next_data', '<=', 'last_data')
    .orderBy('lot')
    .forUpdate()
    .execute();
  for (const lot of lots) {
    const data = await freeNumberOf(trx, lot);
    await trx
      .updateTable('card_lots')
      .set({ next_data: (data ?? lot.last_data) + 1 })
      .where('network_id', '=', networkId)
      .where('lot', '=', lot.lot)
      .execute();
    if (data !== null) return ok({ cardNumber: cardNumberOf(data), lot: lot.lot });
  }
  return err(refusal('NoCardsInStock'));
}

async function freeNumberOf(trx: TenantTransaction, lot: Lot): Promise<number | null> {
  for (let from = lot.next_data; from <= lot.last_data; from += searchStep) {
    const to = Math.min(lot.last_data, from + searchStep - 1);
    const rows = await trx
      .selectFrom('cards')
      .select('card_number')
      .where('network_id', '=', lot.network_id)
      .where('card_number', '>=', cardNumberOf(from))
      .where('card_number', '<=', cardNumberOf(to))
      .execute();
    const used = new Set(rows.map(({ card_number }) => cardDataOf(card_number)));
    for (let data = from; data <= to; data++) if (!used.has(data)) return data;
  }
  return null;
}

/**
 * A number that is printed on a card: it must lie in a lot of this shop and not be in use.
 * Refusals: CardUnknown (no such number in the network), CardNumberTaken (another shop's, or in use).
 */
export async function takeThisNumber(
  trx: TenantTransaction,
  { networkId, tenant, cardNumber }: { networkId: number; tenant: string; cardNumber: string },
): Promise<Result<TakenNumber, CentralError>> {
  if (!parseCardNumber(cardNumber).ok) return err(refusal('CardUnknown', { cardNumber }));
  const lot = await trx
    .selectFrom('card_lots')
    .selectAll()
    .where('network_id', '=', networkId)
    .where('first_data', '<=', cardDataOf(cardNumber))
    .where('last_data', '>=', cardDataOf(cardNumber))
    .where('made_at', 'is not', null)
    .forUpdate()
    .executeTakeFirst();
  if (!lot) return err(refusal('CardUnknown', { cardNumber }));
  return lot.tenant_id === tenant ? ok({ cardNumber, lot: lot.lot }) : err(refusal('CardNumberTaken', { cardNumber }));
}
