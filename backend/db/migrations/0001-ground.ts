import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/** The first tables. Every primary key begins with the key its table is distributed by (DESIGN.md, section 2). */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...parties, ...terminals, ...journal, ...loyalty, ...server])
    await sql.raw(statement).execute(db);
  await isolate(db, 'networks', seenBy.network);
  await isolate(db, 'tenants', `${seenBy.tenant} OR ${seenBy.network}`);
  for (const table of ['programmes', 'staff', 'terminals', 'journal_entries', 'acts', 'heads', 'cases', 'feed_items']) {
    await isolate(db, table, seenBy.tenant);
  }
  await isolate(db, 'loyalty_transactions', seenBy.tenant);
  await isolate(db, 'request_nonces', seenBy.tenant);
  await isolate(db, 'office_accounts', `${seenBy.tenant} OR ${seenBy.key('login')}`);
  await isolate(db, 'sessions', `${seenBy.tenant} OR ${seenBy.key('token_hash')}`);
  await isolate(db, 'enrolment_codes', `${seenBy.tenant} OR ${seenBy.key('code_hash')}`);
  await isolate(db, 'terminal_keys', `${seenBy.tenant} OR ${seenBy.key('terminal_id::text')}`);
  await sql.raw(grants).execute(db);
}

const parties = [
  `CREATE TABLE networks (
    network_id integer PRIMARY KEY CHECK (network_id BETWEEN 1 AND 65535),
    name text NOT NULL,
    card_secret bytea NOT NULL
  )`,
  `CREATE TABLE tenants (
    tenant_id uuid PRIMARY KEY,
    network_id integer NOT NULL,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 65535),
    name text NOT NULL,
    address text NOT NULL,
    currency text NOT NULL,
    ticket_language text NOT NULL,
    time_zone text NOT NULL,
    feed_cursor bigint NOT NULL DEFAULT 0
  )`,
  'CREATE INDEX tenants_of_network ON tenants (network_id, number)',
  `CREATE TABLE programmes (
    tenant_id uuid, programme_id text, version integer,
    programme jsonb NOT NULL,
    PRIMARY KEY (tenant_id, programme_id, version)
  )`,
  `CREATE TABLE staff (
    tenant_id uuid, code text,
    name text NOT NULL,
    role text NOT NULL,
    pin_hash text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    PRIMARY KEY (tenant_id, code)
  )`,
  `CREATE TABLE office_accounts (
    login text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    code text NOT NULL,
    password_hash text NOT NULL
  )`,
  `CREATE TABLE sessions (
    token_hash text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    code text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX sessions_of_staff ON sessions (tenant_id, code, expires_at)',
  `CREATE TABLE sign_in_throttles (
    bucket text PRIMARY KEY,
    attempts integer NOT NULL,
    window_ends_at timestamptz NOT NULL
  )`,
];

const terminals = [
  `CREATE TABLE enrolment_codes (
    code_hash text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    label text NOT NULL,
    trades text[] NOT NULL,
    expires_at timestamptz NOT NULL,
    used_by uuid
  )`,
  `CREATE TABLE terminal_keys (
    terminal_id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    public_key text NOT NULL
  )`,
  `CREATE TABLE terminals (
    tenant_id uuid, terminal_id uuid,
    label text NOT NULL,
    machine text NOT NULL,
    ticket_prefix text NOT NULL,
    trades text[] NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'quarantined', 'revoked')),
    enrolled_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, terminal_id),
    UNIQUE (tenant_id, ticket_prefix)
  )`,
  `CREATE TABLE request_nonces (
    terminal_id uuid, nonce text,
    tenant_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (terminal_id, nonce)
  )`,
  'CREATE INDEX request_nonces_by_age ON request_nonces (terminal_id, expires_at)',
];

const journal = [
  `CREATE TABLE journal_entries (
    tenant_id uuid, terminal_id uuid, epoch integer, seq bigint,
    kind text NOT NULL,
    intention uuid NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32),
    signature bytea NOT NULL CHECK (length(signature) = 64),
    canonical text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, terminal_id, epoch, seq)
  )`,
  `CREATE TABLE acts (
    tenant_id uuid, intention uuid,
    terminal_id uuid NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
    PRIMARY KEY (tenant_id, intention)
  )`,
  `CREATE TABLE heads (
    tenant_id uuid, terminal_id uuid,
    epoch integer NOT NULL, seq bigint NOT NULL, hash bytea NOT NULL,
    PRIMARY KEY (tenant_id, terminal_id)
  )`,
  `CREATE FUNCTION head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (NEW.epoch, NEW.seq) <= (OLD.epoch, OLD.seq) THEN
        RAISE EXCEPTION 'a countersigned head never goes back' USING ERRCODE = 'integrity_constraint_violation';
      END IF;
      RETURN NEW;
    END
  $$`,
  'CREATE TRIGGER head_moves_on BEFORE UPDATE ON heads FOR EACH ROW EXECUTE FUNCTION head_moves_on()',
  `CREATE TABLE cases (
    tenant_id uuid, case_key text,
    kind text NOT NULL,
    terminal_id uuid NOT NULL,
    evidence jsonb NOT NULL,
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, case_key)
  )`,
  `CREATE TABLE feed_items (
    tenant_id uuid, item_key text,
    cursor bigint NOT NULL,
    item jsonb NOT NULL,
    PRIMARY KEY (tenant_id, item_key)
  )`,
  'CREATE UNIQUE INDEX feed_items_by_cursor ON feed_items (tenant_id, cursor)',
];

const loyalty = [
  `CREATE TABLE loyalty_transactions (
    tenant_id uuid, terminal_id uuid, epoch integer, seq bigint,
    intention uuid NOT NULL,
    kind text NOT NULL,
    ticket_number text NOT NULL,
    wall_time timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    card_number text NOT NULL,
    staff text,
    amount_minor bigint NOT NULL,
    currency text NOT NULL,
    points integer NOT NULL,
    balance bigint NOT NULL,
    card_outcome text,
    PRIMARY KEY (tenant_id, terminal_id, epoch, seq)
  )`,
  'CREATE INDEX loyalty_transactions_by_time ON loyalty_transactions (tenant_id, wall_time DESC, terminal_id DESC, epoch DESC, seq DESC)',
  'CREATE INDEX loyalty_transactions_by_intention ON loyalty_transactions (tenant_id, intention)',
];

const server = [
  `CREATE TABLE server_keys (
    purpose text PRIMARY KEY,
    sealed bytea NOT NULL
  )`,
];

/** Entries are never updated or deleted: the role has no right to. */
const grants = `
  GRANT USAGE ON SCHEMA public TO comptoir_app;
  GRANT SELECT, INSERT ON journal_entries, acts, cases, terminal_keys, programmes, networks TO comptoir_app;
  GRANT SELECT, INSERT, UPDATE ON
    tenants, staff, office_accounts, terminals, heads, feed_items, loyalty_transactions TO comptoir_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON sessions, sign_in_throttles, request_nonces, enrolment_codes TO comptoir_app;
`;
