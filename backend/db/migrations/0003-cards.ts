import { type Kysely, sql } from 'kysely';
import { acrossTenants, isolate, seenBy } from '../isolation.ts';

/**
 * Cards of a network; each shop's ledger of them, the operations it is the sum of and the writes that have still to reach a card;
 * cardholders, sealed. What the journal already holds of sales is carried into operations and ledger.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...cards, ...ledger, ...customers, ...office]) await sql.raw(statement).execute(db);
  const carried = ['tenants', 'feed_items', 'journal_entries', 'loyalty_transactions'];
  await acrossTenants(db, carried, async () => {
    for (const statement of carry) await sql.raw(statement).execute(db);
  });
  await isolate(db, 'cards', seenBy.network);
  for (const table of ['card_ledger', 'card_operations', 'open_writes', 'customers']) {
    await isolate(db, table, seenBy.tenant);
  }
  await sql.raw(grants).execute(db);
}

const cards = [
  `CREATE TABLE cards (
    network_id integer, card_number text,
    uid bytea,
    lot integer,
    tenant_id uuid,
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('stock', 'active', 'blocked', 'replaced')),
    replaced_by text,
    block_reason text,
    issued_at timestamptz,
    PRIMARY KEY (network_id, card_number)
  )`,
  'CREATE UNIQUE INDEX cards_by_uid ON cards (network_id, uid) WHERE uid IS NOT NULL',
  `CREATE INDEX cards_out_of_use ON cards (network_id, card_number) WHERE status IN ('blocked', 'replaced')`,
];

const ledger = [
  // What a card held before the first operation known of it is its opening: such a card came to the network before the journal.
  `CREATE TABLE card_ledger (
    tenant_id uuid, card_number text,
    balance bigint NOT NULL,
    total_spend_minor bigint NOT NULL,
    counter bigint NOT NULL,
    opening_counter bigint,
    opening_balance bigint NOT NULL,
    opening_spend_minor bigint NOT NULL,
    replaced_by text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, card_number)
  )`,
  // A move of one card's balance to another has two rows of one intention. Server-made operations have no terminal.
  `CREATE TABLE card_operations (
    tenant_id uuid, intention uuid, card_number text,
    kind text NOT NULL CHECK (kind IN ('sale', 'spend', 'reversal', 'moved-in', 'moved-out', 'issued')),
    programme text NOT NULL,
    points integer NOT NULL,
    spend_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    currency text,
    ticket_number text,
    reward jsonb,
    reverses uuid,
    other_card text,
    terminal_id uuid, epoch integer, seq bigint,
    wall_time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    outcome text CHECK (outcome IN ('applied', 'not-applied', 'unknown', 'quarantined')),
    card_counter bigint,
    card_balance bigint,
    unexplained boolean NOT NULL DEFAULT false,
    overspent boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant_id, intention, card_number)
  )`,
  'CREATE INDEX card_operations_of_card ON card_operations (tenant_id, card_number, wall_time DESC)',
  `CREATE INDEX card_operations_on_card ON card_operations (tenant_id, card_number, card_counter, intention)
    WHERE outcome = 'applied'`,
  'CREATE INDEX card_operations_by_ticket ON card_operations (tenant_id, ticket_number) WHERE ticket_number IS NOT NULL',
  'CREATE INDEX card_operations_reversing ON card_operations (tenant_id, reverses) WHERE reverses IS NOT NULL',
  `CREATE INDEX card_operations_awaited ON card_operations (tenant_id, received_at)
    WHERE outcome IS NULL AND kind IN ('sale', 'spend')`,
  'CREATE INDEX card_operations_unexplained ON card_operations (tenant_id, received_at) WHERE unexplained OR overspent',
  `CREATE TABLE open_writes (
    tenant_id uuid, intention uuid,
    card_number text NOT NULL,
    operation text NOT NULL CHECK (operation IN ('earn', 'spend', 'adjust')),
    points integer NOT NULL,
    spend_minor bigint NOT NULL,
    card_counter bigint NOT NULL,
    wall_ms bigint NOT NULL,
    settled_at timestamptz,
    PRIMARY KEY (tenant_id, intention)
  )`,
  'CREATE INDEX open_writes_of_card ON open_writes (tenant_id, card_number) WHERE settled_at IS NULL',
];

const customers = [
  // `sealed` is under the person's key, and that under the server's: without `person_key` nothing of a person can be read again.
  `CREATE TABLE customers (
    tenant_id uuid, customer_id uuid,
    card_number text NOT NULL,
    person_key bytea,
    sealed bytea,
    name_index text[] NOT NULL DEFAULT '{}',
    birthday_bonus_year integer,
    updated_at timestamptz NOT NULL,
    erased_at timestamptz,
    PRIMARY KEY (tenant_id, customer_id),
    UNIQUE (tenant_id, card_number)
  )`,
  'CREATE INDEX customers_by_name ON customers USING gin (name_index)',
];

const office = [
  `ALTER TABLE cases ALTER COLUMN terminal_id DROP NOT NULL, ADD COLUMN card_number text,
    ADD COLUMN settled_at timestamptz, ADD COLUMN settled_by text, ADD COLUMN decision text, ADD COLUMN note text`,
  'CREATE INDEX cases_by_time ON cases (tenant_id, opened_at DESC, case_key DESC)',
  // Of a card that contradicts itself, or was overspent, one case is open at a time: it gathers the evidence.
  `CREATE UNIQUE INDEX cases_open_of_card ON cases (tenant_id, kind, card_number)
    WHERE settled_at IS NULL AND kind IN ('CardContradicted', 'OverspentOffline')`,
  // A reversal says no balance: the card has it at its next tap.
  'ALTER TABLE loyalty_transactions ALTER COLUMN balance DROP NOT NULL',
];

const carry = [
  `INSERT INTO card_operations (tenant_id, intention, card_number, kind, programme, points, spend_minor, amount_minor, currency,
      ticket_number, terminal_id, epoch, seq, wall_time, received_at, outcome, card_counter, card_balance)
    SELECT sale.tenant_id, sale.intention, sale.card_number, 'sale', entry.canonical::jsonb #>> '{body,programme}', sale.points,
      sale.amount_minor, sale.amount_minor, sale.currency, sale.ticket_number, sale.terminal_id, sale.epoch, sale.seq,
      sale.wall_time, sale.received_at, sale.card_outcome,
      (entry.canonical::jsonb #>> '{body,cardCounter}')::bigint, sale.balance
    FROM loyalty_transactions AS sale JOIN journal_entries AS entry USING (tenant_id, terminal_id, epoch, seq)
    WHERE sale.kind = 'loyalty.sale'`,
  `INSERT INTO card_ledger
    SELECT tenant_id, card_number, opening.balance + summed.points, opening.spend + summed.spend, summed.counter,
      opening.card_counter, opening.balance, opening.spend, NULL, summed.latest
    FROM (
      SELECT tenant_id, card_number, sum(points)::bigint AS points, sum(spend_minor)::bigint AS spend,
        coalesce(max(card_counter) FILTER (WHERE outcome = 'applied'), 0) AS counter, max(received_at) AS latest
      FROM card_operations GROUP BY tenant_id, card_number
    ) AS summed
    JOIN (
      SELECT DISTINCT ON (tenant_id, card_number) tenant_id, card_number, card_counter, card_balance - points AS balance,
        (entry.canonical::jsonb #>> '{body,totalSpendMinor}')::bigint - spend_minor AS spend
      FROM card_operations JOIN journal_entries AS entry USING (tenant_id, terminal_id, epoch, seq)
      ORDER BY tenant_id, card_number, card_counter, wall_time
    ) AS opening USING (tenant_id, card_number)`,
  `INSERT INTO cards (network_id, card_number, status)
    SELECT DISTINCT network_id, item ->> 'cardNumber', 'blocked' FROM feed_items JOIN tenants USING (tenant_id)
    WHERE item ->> 'item' = 'blocked-card' AND (item ->> 'blocked')::boolean`,
];

const grants = `
  GRANT SELECT, INSERT, UPDATE ON cards, card_ledger, card_operations, open_writes, customers TO comptoir_app;
  GRANT UPDATE ON cases TO comptoir_app;
`;
