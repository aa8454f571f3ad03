import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/**
 * The shop's accounts of a card: what the purse holds, what is owed. `card_accounts` is the sum of `account_postings`, a projection
 * of the journal, and of the holds that wait for theirs.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of accounts) await sql.raw(statement).execute(db);
  for (const table of ['card_accounts', 'account_holds', 'account_postings']) await isolate(db, table, seenBy.tenant);
  await sql.raw('GRANT SELECT, INSERT, UPDATE ON card_accounts, account_holds TO comptoir_app').execute(db);
  await sql.raw('GRANT SELECT, INSERT ON account_postings TO comptoir_app').execute(db);
}

const accounts = [
  `CREATE TABLE card_accounts (
    tenant_id uuid, card_number text,
    account text CHECK (account IN ('purse', 'credit')),
    figure_minor bigint NOT NULL DEFAULT 0,
    held_minor bigint NOT NULL DEFAULT 0 CHECK (held_minor >= 0),
    limit_minor bigint NOT NULL DEFAULT 0 CHECK (limit_minor >= 0),
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, card_number, account)
  )`,
  `CREATE TABLE account_holds (
    tenant_id uuid, intention uuid,
    card_number text NOT NULL, account text NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    terminal_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('held', 'posted', 'released')),
    asked_epoch integer NOT NULL, asked_seq bigint NOT NULL, asked_boot uuid NOT NULL, asked_monotonic_ms bigint NOT NULL,
    held_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, intention)
  )`,
  `CREATE INDEX account_holds_open ON account_holds (tenant_id, terminal_id) WHERE state = 'held'`,
  `CREATE TABLE account_postings (
    tenant_id uuid, intention uuid,
    card_number text NOT NULL, account text NOT NULL,
    kind text NOT NULL,
    change_minor bigint NOT NULL,
    figure_minor bigint NOT NULL,
    held boolean NOT NULL,
    terminal_id uuid NOT NULL, epoch integer NOT NULL, seq bigint NOT NULL,
    wall_time timestamptz NOT NULL, received_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, intention)
  )`,
  'CREATE INDEX account_postings_of_card ON account_postings (tenant_id, card_number, received_at)',
];
