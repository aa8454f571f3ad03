import { type Kysely, sql } from 'kysely';

/** A PIN that was changed away from its card: the card's own key is that of the PIN before, until a till that has both follows. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of keys) await sql.raw(statement).execute(db);
}

const keys = [
  'ALTER TABLE card_pins ADD COLUMN key_behind boolean NOT NULL DEFAULT false',
  'ALTER TABLE card_relays DROP CONSTRAINT card_relays_purpose_check',
  `ALTER TABLE card_relays ADD CONSTRAINT card_relays_purpose_check
    CHECK (purpose IN ('issue', 'join', 'set-pin', 'unblock-pin', 'follow-pin'))`,
];
