import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { enterScope, inTenant } from '#backend/db/tenancy.ts';
import { publishHotList } from '#backend/loyalty/ledger/hot-list.ts';
import { bundles } from '#build/bundle/bundles.ts';
import { bundleForNode } from '#build/bundle/node-bundle.ts';
import { root } from '#build/files.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { storePath } from '#service/compose.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { SyncTill } from '#test/harness/sync-till.ts';
import { type Bench, row } from './row.ts';

const cards = 300_000;
const lookups = 20_000;
const starts = 5;
const limitMs = 180_000;

/** 300,000 blocked cards: published to a shop, brought to a new till, and there when the till starts and looks one up. */
export const feedCards: Bench = {
  ids: ['feed-publish', 'feed-first-sync', 'feed-cards-ready', 'card-lookup'],
  async rows() {
    const central = await startCentral();
    const till = await SyncTill.open({ clock: realClock, fetch, timeoutMs: 60_000 });
    try {
      const publishMs = await publishCards(central);
      const syncMs = await firstSync(till, central);
      const lookupMs = look(till);
      const readyMs = await startWith(till);
      return rowsOf({ publishMs, syncMs, lookupMs, readyMs });
    } finally {
      await till.close();
      await central.stop();
    }
  },
};

function rowsOf({
  publishMs,
  syncMs,
  lookupMs,
  readyMs,
}: Record<'publishMs' | 'syncMs' | 'lookupMs' | 'readyMs', number>) {
  const many = `${cards / 1000},000 blocked cards`;
  const perSecond = (ms: number) => (cards * 1000) / ms;
  return [
    row({
      id: 'feed-publish',
      value: perSecond(publishMs),
      unit: 'items/s',
      goal: null,
      note: `${many} put into one shop's feed`,
    }),
    row({
      id: 'feed-first-sync',
      value: perSecond(syncMs),
      unit: 'items/s',
      goal: null,
      note: `${many} brought to a new till, page by page, durable there`,
    }),
    row({
      ...{ id: 'feed-cards-ready', value: readyMs, unit: 'ms', goal: { valueAtMost: 3_000 } },
      note: `the service as shipped, with ${many} in its store: median of ${starts} starts until it is ready`,
    }),
    row({
      ...{ id: 'card-lookup', value: lookupMs, unit: 'ms', goal: { valueAtMost: 2 } },
      note: `is this card blocked, among ${many}: 99th percentile of ${lookups} look-ups by number, half of them found`,
    }),
  ];
}

/** @returns how long the publishing took, ms; the cards themselves are there before */
async function publishCards({ app, owner }: RunningCentral): Promise<number> {
  const numbers = Array.from({ length: cards }, (_, index) => cardNumberOf(index));
  await sql`INSERT INTO cards (network_id, card_number, status)
    SELECT 1, number, 'blocked' FROM unnest(${numbers}::text[]) AS number ON CONFLICT DO NOTHING`.execute(owner);
  const { tenant_id: tenant } = await owner
    .selectFrom('tenants')
    .select('tenant_id')
    .where('number', '=', 1)
    .executeTakeFirstOrThrow();
  const startedMs = performance.now();
  await inTenant(app, tenant, async (trx) => {
    await enterScope(trx, { network: 1 });
    await publishHotList(trx, { network: 1, tenant });
  });
  return performance.now() - startedMs;
}

async function firstSync(till: SyncTill, central: RunningCentral): Promise<number> {
  const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!;
  await till.enrolAt(central.url, code);
  const last = cardNumberOf(cards - 1);
  const startedMs = performance.now();
  till.sync.engine.start();
  while (!till.store.feed.isBlocked(last)) {
    if (performance.now() - startedMs > limitMs) throw new Error(`not there: ${till.sync.engine.alarm()?.type}`);
    await pause(5);
  }
  return performance.now() - startedMs;
}

function look({ store: { feed } }: SyncTill): number {
  const times = Array.from({ length: lookups }, (_, index) => {
    const number = cardNumberOf((index * 7_919) % (2 * cards));
    const startedMs = performance.now();
    feed.isBlocked(number);
    return performance.now() - startedMs;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(lookups * 0.99)]!;
}

/** The same data folder, now the shipped service's. */
async function startWith(till: SyncTill): Promise<number> {
  await bundleForNode(bundles.service);
  await till.sync.engine.stop();
  till.store.close();
  renameSync(path.join(till.dataDir, 'till.sqlite'), storePath(till.dataDir));
  const times: number[] = [];
  for (let turn = 0; turn <= starts; turn++) {
    const startedMs = performance.now();
    const child = spawn(process.execPath, [path.join(root, 'dist', bundles.service.output), '--data', till.dataDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(createInterface({ input: child.stdout }), 'line');
    // The first start finds the files cold.
    if (turn > 0) times.push(performance.now() - startedMs);
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  renameSync(storePath(till.dataDir), path.join(till.dataDir, 'till.sqlite'));
  till.openStore();
  return times.toSorted((a, b) => a - b)[starts >> 1]!;
}
