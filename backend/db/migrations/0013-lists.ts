import { type Kysely, sql } from 'kysely';
import { acrossTenants, isolate, seenBy } from '../isolation.ts';

/**
 * What keeps long lists quick: under row-level security an index serves comparisons only (a function or operator that is not
 * leakproof is asked after the policy), so that no index on an array could find a name. And who asked for the customers' file.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...names, ...orders, requests]) await sql.raw(statement).execute(db);
  await acrossTenants(db, ['customers'], async () => {
    await sql.raw(carried).execute(db);
  });
  await sql.raw('ALTER TABLE customers DROP COLUMN name_index').execute(db);
  for (const table of ['customer_names', 'customer_file_requests']) await isolate(db, table, seenBy.tenant);
  await sql.raw('GRANT SELECT, INSERT, DELETE ON customer_names TO comptoir_app').execute(db);
  await sql.raw('GRANT SELECT, INSERT, UPDATE ON customer_file_requests TO comptoir_app').execute(db);
}

const names = [
  /** `entry`: a keyed hash of a name's beginning (`name-index.ts`). */
  `CREATE TABLE customer_names (
    tenant_id uuid, entry text, customer_id uuid,
    PRIMARY KEY (tenant_id, entry, customer_id)
  )`,
  'CREATE INDEX customer_names_of_customer ON customer_names (tenant_id, customer_id)',
];

const carried = `
  INSERT INTO customer_names (tenant_id, entry, customer_id)
  SELECT DISTINCT tenant_id, entry, customer_id FROM customers CROSS JOIN unnest(name_index) AS entry
`;

const orders = [
  'CREATE INDEX card_ledger_by_use ON card_ledger (tenant_id, updated_at DESC, card_number DESC)',
  `CREATE INDEX cards_issued_in_network ON cards (network_id, issued_at DESC, card_number DESC)
    WHERE issued_at IS NOT NULL`,
];

/** Kept for ever: who asked for the personal data of how many people, who said yes, and when the file was made. */
const requests = `CREATE TABLE customer_file_requests (
  tenant_id uuid, request_id uuid,
  format text NOT NULL,
  people integer NOT NULL,
  asked_by text NOT NULL,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  decided_by text,
  decided_at timestamptz,
  approved boolean,
  taken_at timestamptz,
  PRIMARY KEY (tenant_id, request_id),
  CHECK (decided_by <> asked_by),
  CHECK (taken_at IS NULL OR approved)
)`;
