import { type Kysely, sql } from 'kysely';
import { seenBy } from '../isolation.ts';

/** A card's open writes are settled at any shop of its network: what waits, and where the card is known, is read across shops by card. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(statements.join(';')).execute(db);
  for (const table of ['open_writes', 'card_openings']) {
    await sql`ALTER POLICY isolation ON ${sql.table(table)} USING (${sql.raw(`${seenBy.tenant} OR ${seenBy.card}`)})`.execute(
      db,
    );
  }
}

const statements = [
  'CREATE INDEX open_writes_on_card ON open_writes (card_number) WHERE settled_at IS NULL',
  'ALTER TABLE card_relays DROP CONSTRAINT card_relays_purpose_check',
  `ALTER TABLE card_relays ADD CONSTRAINT card_relays_purpose_check
    CHECK (purpose IN ('issue', 'join', 'set-pin', 'unblock-pin', 'follow-pin', 'settle-elsewhere'))`,
];
