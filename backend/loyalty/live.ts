import { type Database, inTenant } from '#backend/db/tenancy.ts';
import type { Bus } from '#backend/live/bus.ts';
import { LiveQueue } from '#backend/live/queue.ts';
import type { Session } from '#backend/parties/sessions.ts';
import { refusal } from '#backend/refusal.ts';
import type { CentralError, OfficeTransaction } from '#contract/central/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { Clock } from '#contract/time/index.ts';
import { transactionsOf } from './transaction-rows.ts';

const watchersPerServer = 200;
const watchersPerShop = 40;
const itemsBehind = 1_000;

type Watcher = { session: Session; queue: LiveQueue<OfficeTransaction> };

export type LiveTransactions = {
  /** New transactions of the session's shop, and earlier ones again when their card write is settled. Ends with the session. */
  watch(session: Session): Result<LiveQueue<OfficeTransaction>, CentralError>;
};

/** Reads what was announced once per shop, under that shop's isolation, and gives it to all who watch the shop. */
export function liveTransactions(
  db: Database,
  bus: Bus,
  clock: Clock,
  onError: (cause: unknown) => void,
): LiveTransactions {
  const watchers = new Set<Watcher>();
  const ofShop = (tenant: string) => [...watchers].filter(({ session }) => session.person.tenant === tenant);
  /** Announcements are delivered in their order, one after another. */
  let delivered: Promise<void> = Promise.resolve();

  async function deliver(tenant: string, intentions: string[]): Promise<void> {
    if (ofShop(tenant).length === 0) return;
    const rows = await inTenant(db, tenant, (trx) => transactionsOf(trx, tenant, intentions));
    for (const { queue } of ofShop(tenant)) for (const row of rows.toReversed()) queue.push(row);
  }
  const closeAll = (which: (watcher: Watcher) => boolean) => {
    for (const watcher of [...watchers]) if (which(watcher)) watcher.queue.close();
  };

  bus.subscribe({
    heard(announcement) {
      if ('sessionEnded' in announcement) {
        return closeAll(({ session }) => session.tokenHash === announcement.sessionEnded);
      }
      const { tenant, intentions } = announcement;
      delivered = delivered
        .then(() => deliver(tenant, intentions))
        .catch((cause) => {
          onError(cause);
          closeAll(({ session }) => session.person.tenant === tenant);
        });
    },
    interrupted: () => closeAll(() => true),
  });

  return {
    watch(session) {
      if (watchers.size >= watchersPerServer || ofShop(session.person.tenant).length >= watchersPerShop) {
        return err(refusal('TooManyRequests'));
      }
      const expire = clock.after(Math.max(0, session.expiresAtMs - clock.wallMs()), () => queue.close());
      const queue = new LiveQueue<OfficeTransaction>(itemsBehind, () => {
        expire();
        watchers.delete(watcher);
      });
      const watcher: Watcher = { session, queue };
      watchers.add(watcher);
      return ok(queue);
    },
  };
}
