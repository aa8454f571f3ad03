import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { fastify } from 'fastify';
import type { SealedEntry } from '#contract/journal/entry.ts';
import { maxBatchEntries } from '#service/sync/push.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { SyncTill } from '#test/harness/sync-till.ts';
import { saleDraft } from '#test/harness/till-store.ts';

export type DrainMeasure = { id: 'sync-drain'; value: number; unit: 'entries/s'; reference: number };

const ENTRIES = 10_000;
const ENTRIES_AN_APPEND = 1_000;
/** The yardstick is short: the median of several, after one to warm up. */
const BARE_ROUNDS = 5;
const DRAIN_LIMIT_MS = 120_000;
const SELF = fileURLToPath(import.meta.url);

/**
 * How fast a till that was offline empties its outbox of 10,000 sales into the real server, against the bare posting of the same
 * bytes in the same batches to a server that throws them away. Entries per second, both in one run.
 * @param central the real server, in a process of its own, with a code that enrols one more terminal
 */
export async function measureSyncDrain(central: { url: string; enrolmentCode: string }): Promise<DrainMeasure> {
  const till = await SyncTill.open({ clock: realClock, fetch, timeoutMs: 60_000 });
  try {
    await till.enrolAt(central.url, central.enrolmentCode);
    for (let count = 0; count < ENTRIES; count += ENTRIES_AN_APPEND) {
      till.appendFacts(Array.from({ length: ENTRIES_AN_APPEND }, () => saleDraft()));
    }
    const bodies = batchBodies(till);
    const startedMs = performance.now();
    till.sync.engine.start();
    const drained = await till.sync.engine.syncNow({ waitMs: DRAIN_LIMIT_MS });
    const value = perSecond(drained.sent, startedMs);
    if (drained.unsent > 0)
      throw new Error(`not drained: ${JSON.stringify(drained)}, ${till.sync.engine.alarm()?.type}`);
    const reference = await barePost(bodies, drained.sent);
    return { id: 'sync-drain', value, unit: 'entries/s', reference };
  } finally {
    await till.close();
  }
}

const perSecond = (count: number, startedMs: number): number => (count * 1000) / (performance.now() - startedMs);

/** The bodies as sync sends them, made before the clock runs. */
function batchBodies(till: SyncTill): string[] {
  const bodies: string[] = [];
  let after: { epoch: number; seq: number } | null = null;
  for (;;) {
    const entries: SealedEntry[] = till.store.reader.entriesAfter(after, maxBatchEntries);
    if (entries.length === 0) return bodies;
    bodies.push(JSON.stringify({ entries }));
    after = entries.at(-1)!.entry;
  }
}

async function barePost(bodies: readonly string[], entries: number): Promise<number> {
  const program = `const { discard } = await import(${JSON.stringify(SELF)}); await discard();`;
  const server = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [url] = (await once(createInterface(server.stdout), 'line')) as [string];
    const headers = { 'content-type': 'application/json' };
    const rates: number[] = [];
    for (let round = 0; round <= BARE_ROUNDS; round += 1) {
      const startedMs = performance.now();
      for (const body of bodies) {
        const answer = await fetch(url, { method: 'POST', headers, body });
        await answer.text();
      }
      if (round > 0) rates.push(perSecond(entries, startedMs));
    }
    return rates.toSorted((one, other) => one - other)[Math.floor(BARE_ROUNDS / 2)]!;
  } finally {
    server.kill();
    await once(server, 'exit');
  }
}

/** A server that reads what it is sent and forgets it, as a program of its own. */
export async function discard(): Promise<void> {
  const app = fastify({ bodyLimit: 4 * 1024 * 1024 });
  app.post('/', async () => ({ ok: true }));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  console.log(url);
}
