import { sql } from 'kysely';
import { z } from 'zod';
import type { TenantTransaction } from '#backend/db/tenancy.ts';
import { Uuid } from '#contract/ids/index.ts';

/** The channel over which servers tell each other what has been committed; PostgreSQL delivers it with the commit. */
export const channel = 'comptoir_changes';

/** What a notification says: ids alone, for rows are read under the reader's own isolation. */
export const Announcement = z.union([
  z.object({ tenant: Uuid, intentions: z.array(Uuid) }),
  z.object({ sessionEnded: z.string() }),
]);
export type Announcement = z.infer<typeof Announcement>;

/** PostgreSQL refuses a payload of 8000 bytes or more; an id takes 39. */
const intentionsPerNotice = 180;

export async function announce(trx: TenantTransaction, announcement: Announcement): Promise<void> {
  if ('sessionEnded' in announcement) return notify(trx, announcement);
  const { tenant, intentions } = announcement;
  for (let at = 0; at < intentions.length; at += intentionsPerNotice) {
    await notify(trx, { tenant, intentions: intentions.slice(at, at + intentionsPerNotice) });
  }
}

async function notify(trx: TenantTransaction, announcement: Announcement): Promise<void> {
  await sql`SELECT pg_notify(${channel}, ${JSON.stringify(announcement)})`.execute(trx);
}
