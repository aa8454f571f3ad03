import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/**
 * What the office's pages of tills, staff and files keep, the shop's read-only keys, and the cardholder's own page, which sees one
 * card in all the shops of its network.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tills, ...office, ...cardholders]) await sql.raw(statement).execute(db);
  for (const table of ['api_keys', 'export_links']) {
    await isolate(db, table, `${seenBy.tenant} OR ${seenBy.key('token_hash')}`);
  }
  await isolate(db, 'card_sessions', `${seenBy.network} OR ${seenBy.key('token_hash')}`);
  for (const table of ['card_ledger', 'card_operations', 'card_pins']) {
    await sql`ALTER POLICY isolation ON ${sql.table(table)} USING (${sql.raw(`${seenBy.tenant} OR ${seenBy.card}`)})`.execute(
      db,
    );
  }
  await sql.raw(grants).execute(db);
}

const tills = [
  /** `revocation_*`: the head after which nothing is accepted of it. */
  `ALTER TABLE terminals ADD COLUMN seen_at timestamptz, ADD COLUMN program text,
    ADD COLUMN revoked_at timestamptz, ADD COLUMN revoked_by text,
    ADD COLUMN revocation_epoch integer, ADD COLUMN revocation_seq bigint, ADD COLUMN revocation_hash bytea`,
  /** SHA-256 (hex) of the badge's text. Two people with one badge would sign for each other. */
  'ALTER TABLE staff ADD COLUMN badge_hash text',
  'CREATE UNIQUE INDEX staff_by_badge ON staff (tenant_id, badge_hash) WHERE badge_hash IS NOT NULL',
];

const office = [
  `CREATE TABLE api_keys (
    token_hash text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    name text NOT NULL,
    /** Its first characters, so that a person recognises it. */
    begins text NOT NULL,
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    revoked_at timestamptz,
    requests integer NOT NULL DEFAULT 0,
    window_ends_at timestamptz NOT NULL
  )`,
  'CREATE INDEX api_keys_of_shop ON api_keys (tenant_id, made_at DESC)',
  `CREATE TABLE export_links (
    token_hash text PRIMARY KEY,
    tenant_id uuid NOT NULL,
    wanted jsonb NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX export_links_of_shop ON export_links (tenant_id, expires_at)',
];

const cardholders = [
  /** Of `tries`, those made from the cardholder's page: a right PIN of another shop gives them back. */
  'ALTER TABLE card_pins ADD COLUMN tries_from_afar integer NOT NULL DEFAULT 0',
  `CREATE TABLE card_sessions (
    token_hash text PRIMARY KEY,
    network_id integer NOT NULL,
    card_number text NOT NULL,
    expires_at timestamptz NOT NULL
  )`,
  'CREATE INDEX card_sessions_of_card ON card_sessions (network_id, card_number)',
];

const grants = `
  GRANT SELECT, INSERT, UPDATE ON api_keys TO comptoir_app;
  GRANT SELECT, INSERT, DELETE ON export_links, card_sessions TO comptoir_app;
  GRANT DELETE ON office_accounts TO comptoir_app;
`;
