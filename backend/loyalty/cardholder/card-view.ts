import { sql } from 'kysely';
import { isOutOfUse } from '#backend/cards/out-of-use.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { cardStatus } from '#backend/loyalty/ledger/hot-list.ts';
import type { CardholderCard, CardholderOperation, CardholderShop } from '#contract/central/cardholder.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { type CardOfNetwork, ofCard } from './check-pin.ts';

const shopsShown = 100;
const operationsShown = 20;

type ShopRow = {
  tenant_id: string;
  name: string;
  currency: CurrencyCode;
  balance: number;
  total_spend_minor: number;
  has_pin: boolean;
  key_behind: boolean | null;
};
type OperationRow = {
  tenant_id: string;
  kind: CardholderOperation['kind'];
  wall_time: Date;
  ticket_number: string | null;
  amount_minor: number;
  points: number;
};

/** What its holder sees of a card: its standing, and each shop's balance with the last operations there. */
export async function cardholderCard(trx: TenantTransaction, card: CardOfNetwork): Promise<CardholderCard> {
  const known = (await cardStatus(trx, card.network, card.cardNumber))?.status;
  const status = isOutOfUse(known) ? known : 'active';
  const { rows: shops } = await sql<ShopRow>`
    SELECT tenants.tenant_id, tenants.name, tenants.currency, ledger.balance, ledger.total_spend_minor,
      pins.pin_hash IS NOT NULL AS has_pin, pins.key_behind
    FROM card_ledger AS ledger JOIN tenants USING (tenant_id)
    LEFT JOIN card_pins AS pins ON pins.tenant_id = ledger.tenant_id AND pins.card_number = ledger.card_number
    WHERE ${ofCard('ledger', card)} ORDER BY ledger.updated_at DESC, tenants.tenant_id LIMIT ${shopsShown}
  `.execute(trx);
  const { rows: operations } = await sql<OperationRow>`
    SELECT shop.tenant_id, operation.kind, operation.wall_time, operation.ticket_number, operation.amount_minor, operation.points
    FROM unnest(${shops.map(({ tenant_id }) => tenant_id)}::uuid[]) AS shop (tenant_id)
    CROSS JOIN LATERAL (
      SELECT * FROM card_operations AS done
      WHERE done.tenant_id = shop.tenant_id AND done.card_number = ${card.cardNumber}
      ORDER BY done.wall_time DESC LIMIT ${operationsShown}
    ) AS operation
    ORDER BY operation.wall_time DESC
  `.execute(trx);
  return { cardNumber: card.cardNumber, status, shops: shops.map((shop) => shopOf(shop, operations)) };
}

const shopOf = (shop: ShopRow, operations: readonly OperationRow[]): CardholderShop => ({
  name: shop.name,
  currency: shop.currency,
  balance: shop.balance,
  totalSpendMinor: shop.total_spend_minor,
  hasPin: shop.has_pin,
  // Of a first PIN that did not come about there is nothing to say.
  keyBehind: shop.has_pin && shop.key_behind === true,
  operations: operations
    .filter(({ tenant_id }) => tenant_id === shop.tenant_id)
    .map((row) => ({
      kind: row.kind,
      wallTime: row.wall_time.toISOString(),
      ticketNumber: row.ticket_number,
      amountMinor: row.amount_minor,
      points: row.points,
    })),
});
