import { type Kysely, sql } from 'kysely';

/** The number that training cards say they are of (contract/loyalty/training.ts): no real network may bear it, or they would be its own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`ALTER TABLE networks ADD CONSTRAINT networks_not_of_training CHECK (network_id <> 65534)`.execute(db);
}
