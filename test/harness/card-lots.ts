import { sql } from 'kysely';
import type { RunningCentral } from './central.ts';

/** Numbers given out by lots of a test. */
const size = 10_000;

/** Hands a shop a lot of blank cards, by the number of its first card's data digits: numbers that its tills may issue. */
export async function handLot(central: RunningCentral, shop: number, firstData: number): Promise<void> {
  await sql`
    INSERT INTO card_lots (network_id, lot, first_data, last_data, next_data, kind, tenant_id, ordered_at, ordered_by, made_at, assigned_at)
    SELECT network_id, (SELECT max(lot) + 1 FROM card_lots), ${firstData}::int, ${firstData + size - 1}::int, ${firstData}::int,
      'blank', tenant_id, now(), 'test', now(), now()
    FROM tenants WHERE number = ${shop}
  `.execute(central.owner);
}
