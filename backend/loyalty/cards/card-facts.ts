import { sql } from 'kysely';
import { pinTries } from '#backend/cards/pins/check-pin.ts';
import { enterNetwork } from '#backend/cards/shop.ts';
import type { CardStatus } from '#backend/db/tables.ts';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';

/** What network and shop know of a card. Null: this network has no such card. */
export type CardFacts = {
  status: CardLedger['status'];
  replacedBy: string | null;
  blockReason: string | null;
  /** What the shop's word on the card does in the whole network (`ledger/rights.ts`). */
  networkWide: NonNullable<CardLedger['networkWide']>;
  balance: number;
  /** The shop has heard of the card; without this the balance says nothing. */
  known: boolean;
  totalSpendMinor: number;
  counter: number;
  updatedAt: Date | null;
  pendingPoints: number;
  pin: CardLedger['pin'];
};

type Row = {
  status: CardStatus | null;
  replaced_by: string | null;
  block_reason: string | null;
  own_replaced_by: string | null;
  own_blocked: boolean | null;
  own_reason: string | null;
  issued_here: boolean;
  blocked_here: boolean;
  in_ledger: boolean;
  opened: boolean;
  balance: number;
  spend: number;
  counter: number;
  updated_at: Date | null;
  pending: number;
  pin_hash: string | null;
  tries: number | null;
};

/** A card that a shop has just made is known by its first record until the till's own entry of it comes. */
export async function cardFacts(trx: TenantTransaction, tenant: string, cardNumber: string): Promise<CardFacts | null> {
  const { network_id: network } = await enterNetwork(trx, tenant);
  const { rows } = await sql<Row>`
    SELECT card.status, card.replaced_by, card.block_reason, coalesce(card.tenant_id = ${tenant}, false) AS issued_here,
      coalesce(card.blocked_by = ${tenant}, false) AS blocked_here,
      own.replaced_by AS own_replaced_by, own.blocked AS own_blocked, own.block_reason AS own_reason,
      ledger.card_number IS NOT NULL AS in_ledger,
      opening.card_number IS NOT NULL AS opened,
      coalesce(ledger.balance, opening.balance, 0) AS balance, coalesce(ledger.total_spend_minor, 0) AS spend,
      coalesce(ledger.counter, 0) AS counter, ledger.updated_at, pin.pin_hash, pin.tries,
      coalesce((SELECT sum(points) FROM open_writes AS open
        WHERE open.tenant_id = ${tenant} AND open.card_number = ${cardNumber} AND settled_at IS NULL), 0)::bigint AS pending
    FROM (VALUES (1)) AS one
    LEFT JOIN cards AS card ON card.network_id = ${network} AND card.card_number = ${cardNumber}
    LEFT JOIN shop_cards AS own ON own.tenant_id = ${tenant} AND own.card_number = ${cardNumber}
    LEFT JOIN card_ledger AS ledger ON ledger.tenant_id = ${tenant} AND ledger.card_number = ${cardNumber}
    LEFT JOIN card_openings AS opening
      ON opening.tenant_id = ${tenant} AND opening.card_number = ${cardNumber} AND opening.finished_at IS NOT NULL
    LEFT JOIN card_pins AS pin ON pin.tenant_id = ${tenant} AND pin.card_number = ${cardNumber}
  `.execute(trx);
  const [row] = rows;
  if (!row || (row.status === null && !row.in_ledger && !row.own_blocked)) return null;
  return {
    ...standing(row),
    networkWide: networkWide(row),
    balance: row.balance,
    known: row.in_ledger || row.opened,
    totalSpendMinor: Math.max(0, row.spend),
    counter: row.counter,
    updatedAt: row.updated_at,
    pendingPoints: row.pending,
    pin: pinState(row),
  };
}

/** The network's word, then the shop's own; of replacements the shop's own stands where it chose first. */
function standing(row: Row): Pick<CardFacts, 'status' | 'replacedBy' | 'blockReason'> {
  const own = row.own_replaced_by !== null ? 'replaced' : row.own_blocked ? 'blocked' : 'active';
  const status = row.status === 'replaced' || (row.status === 'blocked' && own !== 'replaced') ? row.status : own;
  return {
    status,
    replacedBy: row.own_replaced_by ?? row.replaced_by,
    blockReason: row.block_reason ?? row.own_reason,
  };
}

const networkWide = ({ issued_here, blocked_here, opened, status }: Row): CardFacts['networkWide'] => ({
  replace: issued_here,
  block: issued_here || opened,
  unblock: issued_here || blocked_here || status !== 'blocked',
});

const pinState = ({ pin_hash, tries }: Row): CardLedger['pin'] =>
  pin_hash === null ? 'not-set' : (tries ?? 0) >= pinTries ? 'blocked' : 'set';
