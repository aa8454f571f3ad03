import { type Database, inTenant } from '#backend/db/tenancy.ts';
import type { Head } from '#contract/journal/entry.ts';
import { compare, type Writer } from './chain.ts';
import { heldHashes } from './journal-rows.ts';

/**
 * The last of a terminal's own entries that the server holds with the same hash: up to there the two journals are one, for each
 * entry names the one before it. Beside it the number of the last Z: a restored till must not give it again.
 */
export const commonHead = (
  db: Database,
  writer: Writer,
  heads: readonly Head[],
): Promise<{ head: Head | null; lastZ: number }> =>
  inTenant(db, writer.tenant, async (trx) => {
    const held = await heldHashes(trx, writer, heads);
    const common = heads.filter(({ epoch, seq, hash }) => held.get(`${epoch}/${seq}`) === hash);
    const { lastZ } = await trx
      .selectFrom('day_closings')
      .select(({ fn }) => fn.max<number | null>('number').as('lastZ'))
      .where('tenant_id', '=', writer.tenant)
      .where('terminal_id', '=', writer.terminal)
      .executeTakeFirstOrThrow();
    return { head: common.toSorted(compare).at(-1) ?? null, lastZ: lastZ ?? 0 };
  });
