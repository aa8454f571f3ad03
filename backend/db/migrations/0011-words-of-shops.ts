import { type Kysely, sql } from 'kysely';
import { isolate, seenBy } from '../isolation.ts';

/**
 * What a shop says of a card that is not its own to speak for counts in that shop alone (`shop_cards`), and is a case for the
 * network; of a block the network remembers whose it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of words) await sql.raw(statement).execute(db);
  await isolate(db, 'shop_cards', `${seenBy.tenant} OR ${seenBy.network}`);
  await sql.raw(`ALTER POLICY isolation ON cases USING (${seenBy.tenant} OR ${seenBy.network})`).execute(db);
  await sql.raw('GRANT SELECT, INSERT, UPDATE ON shop_cards TO comptoir_app').execute(db);
}

const words = [
  // Null: the network or the cardholder has blocked it, or nobody remembers.
  'ALTER TABLE cards ADD COLUMN blocked_by uuid',
  `CREATE TABLE shop_cards (
    tenant_id uuid, card_number text,
    network_id integer NOT NULL,
    blocked boolean NOT NULL DEFAULT false,
    block_reason text,
    replaced_by text,
    PRIMARY KEY (tenant_id, card_number)
  )`,
  'CREATE INDEX shop_cards_out ON shop_cards (network_id, card_number) WHERE blocked OR replaced_by IS NOT NULL',
  // A case of the network lies with the shop that may decide it; `asked_by`: the shop that said it.
  'ALTER TABLE cases ADD COLUMN network_id integer, ADD COLUMN asked_by uuid',
  'CREATE INDEX cases_of_network ON cases (network_id, opened_at DESC) WHERE network_id IS NOT NULL',
  'CREATE INDEX cases_asked ON cases (network_id, asked_by) WHERE network_id IS NOT NULL AND settled_at IS NULL',
];
