import { Client } from 'pg';
import type { Connection } from '#backend/db/connection.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import { Announcement, channel } from './announcements.ts';

export type Bus = {
  /** The returned function ends it. */
  subscribe(hear: Listener): () => void;
  stop(): Promise<void>;
};
export type Listener = {
  heard(announcement: Announcement): void;
  /** Notifications may have been missed: whoever showed something must read it anew. */
  interrupted(): void;
};

const retryMs = { first: 100, last: 5_000 };

/**
 * Hears what any server has committed, over one PostgreSQL session (LISTEN). When the session is lost it is made again, and all
 * who listen are told that they may have missed something.
 */
export async function openBus(connection: Connection, clock: Clock, log: (line: string) => void): Promise<Bus> {
  const listeners = new Set<Listener>();
  const stopping = new AbortController();
  let client: Client | null = null;

  async function connect(): Promise<void> {
    const fresh = new Client({ ...connection, application_name: 'comptoir live', connectionTimeoutMillis: 5_000 });
    fresh.on('error', () => {});
    fresh.on('notification', ({ payload }) => {
      const announcement = Announcement.safeParse(JSON.parse(payload ?? 'null'));
      if (announcement.success) for (const listener of listeners) listener.heard(announcement.data);
    });
    await fresh.connect();
    fresh.once('end', () => void reconnect());
    await fresh.query(`LISTEN ${channel}`);
    client = fresh;
  }

  async function reconnect(): Promise<void> {
    client = null;
    if (stopping.signal.aborted) return;
    log('the session that hears changes was lost: it is made again');
    for (const listener of [...listeners]) listener.interrupted();
    for (let waitMs = retryMs.first; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, retryMs.last)) {
      await sleep(clock, waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      const connected = await connect().then(
        () => true,
        () => false,
      );
      if (connected) return;
    }
  }

  await connect();
  return {
    subscribe(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    async stop() {
      stopping.abort();
      for (const listener of [...listeners]) listener.interrupted();
      await client?.end();
    },
  };
}
