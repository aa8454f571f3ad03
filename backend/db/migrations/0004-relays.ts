import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/** What a server needs to make cards through a till: lots of numbers, the place a shop has on a card, the work under way, PINs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...stock, ...work, pins]) await sql.raw(statement).execute(db);
  // The network sees all; a shop the cards that it has issued, and the lots that are its own.
  await isolate(db, 'card_lots', `${seenBy.network} OR ${seenBy.tenant}`);
  await sql`DROP POLICY isolation ON cards`.execute(db);
  await isolate(db, 'cards', `${seenBy.network} OR ${seenBy.tenant}`);
  for (const table of ['card_openings', 'card_relays', 'card_pins']) await isolate(db, table, seenBy.tenant);
  await sql.raw(grants).execute(db);
}

const stock = [
  /** May a factory-fresh card, whose keys are public, be prepared on the spot? A till that listens learns its master key. */
  'ALTER TABLE networks ADD COLUMN may_prepare boolean NOT NULL DEFAULT false',
  `CREATE TABLE card_lots (
    network_id integer, lot integer,
    first_data integer NOT NULL, last_data integer NOT NULL CHECK (last_data >= first_data),
    -- No number below this one is free.
    next_data integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('blank', 'prepared', 'pre-personalised')),
    -- The shop that has ordered it, or has it in stock.
    tenant_id uuid,
    ordered_at timestamptz NOT NULL, ordered_by text NOT NULL,
    made_at timestamptz, assigned_at timestamptz,
    PRIMARY KEY (network_id, lot)
  )`,
  'CREATE INDEX card_lots_by_number ON card_lots (network_id, first_data)',
  'CREATE INDEX cards_of_lot ON cards (network_id, lot) WHERE lot IS NOT NULL',
  'CREATE INDEX cards_issued_in_shop ON cards (tenant_id, issued_at DESC, card_number DESC) WHERE issued_at IS NOT NULL',
];

const work = [
  /** The first record of a card in a shop, as it was decided before the first command to the card. */
  `CREATE TABLE card_openings (
    tenant_id uuid, card_number text,
    intention uuid NOT NULL,
    points integer NOT NULL, balance integer NOT NULL, rules_version integer NOT NULL,
    opened_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (tenant_id, card_number)
  )`,
  `CREATE TABLE card_relays (
    tenant_id uuid, relay_id uuid,
    terminal_id uuid NOT NULL,
    intention uuid NOT NULL,
    uid bytea NOT NULL CHECK (length(uid) = 7),
    purpose text NOT NULL CHECK (purpose IN ('issue', 'join', 'set-pin', 'unblock-pin')),
    -- Seed and purpose; gone once the work has ended.
    sealed bytea,
    transcript bytea[] NOT NULL DEFAULT '{}',
    steps integer NOT NULL DEFAULT 0,
    state text NOT NULL CHECK (state IN ('live', 'done', 'refused', 'ended')),
    outcome jsonb,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, relay_id),
    CHECK ((state = 'live') = (sealed IS NOT NULL))
  )`,
  `CREATE UNIQUE INDEX card_relays_one_a_terminal ON card_relays (tenant_id, terminal_id) WHERE state = 'live'`,
  'CREATE INDEX card_relays_by_intention ON card_relays (tenant_id, terminal_id, intention)',
];

const pins = `
  CREATE TABLE card_pins (
    tenant_id uuid, card_number text,
    -- Argon2id under a pepper that lies outside the database; null: none is set.
    pin_hash text,
    tries integer NOT NULL DEFAULT 0,
    -- The try that was counted last: asked again, it costs no other.
    last_try bytea, last_outcome text CHECK (last_outcome IN ('pending', 'passed', 'wrong')),
    last_unblock uuid,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, card_number)
  )`;

const grants = `
  GRANT UPDATE (may_prepare) ON networks TO comptoir_app;
  GRANT SELECT, INSERT, UPDATE ON card_lots, card_openings, card_pins TO comptoir_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON card_relays TO comptoir_app;
`;
