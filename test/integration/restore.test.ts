import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { makeBackup, restoreBackup, verifyStore } from '#service/store/index.ts';
import { CentralProcess } from '#test/harness/central-process.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { SyncTill } from '#test/harness/sync-till.ts';
import { must, saleDraft } from '#test/harness/till-store.ts';

const central = new CentralProcess();
let till: SyncTill;
let away: string;
beforeAll(() => central.start());
afterAll(() => central.remove());
beforeEach(async () => {
  away = mkdtempSync(join(tmpdir(), 'comptoir-away-'));
  till = await SyncTill.open({ clock: realClock, fetch, timeoutMs: 2_000 });
  await central.end('SIGTERM');
  await central.start();
  await till.enrolAt(central.url, central.takeCode());
  await online();
});
afterEach(async () => {
  await till.close();
  rmSync(away, { recursive: true, force: true });
  expect(till.defects).toEqual([]);
});

const link = () => till.sync.engine.state();
const file = () => join(away, 'monday.backup');
const storeFile = () => till.store.path;

async function until(isSo: () => boolean, limitMs = 20_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > endMs)
      throw new Error(`not so after ${limitMs} ms: ${JSON.stringify([link(), till.sync.engine.alarm()])}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function online(): Promise<void> {
  till.sync.engine.start();
  await until(() => link().state === 'online' && link().unsentEntries === 0);
}

function sell(count: number): string[] {
  const sales = Array.from({ length: count }, () => saleDraft());
  till.appendFacts(sales);
  return sales.map(({ intention }) => intention);
}

/** Stops the till, lets `work` happen to its folder, and starts it without a link. */
async function whileStopped(work: (path: string) => unknown): Promise<void> {
  const path = storeFile();
  await till.sync.engine.stop();
  till.store.close();
  await work(path);
  till.openStore();
}

const restore = async (path: string) =>
  must(
    await restoreBackup({
      path,
      file: file(),
      pid: process.pid,
      publicKey: till.keys.publicKeySpkiBase64,
      clock: realClock,
    }),
  );
const copyFolder = (from: string, to: string) => {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
};

const Page = z.object({
  transactions: z.array(z.object({ intention: z.string(), epoch: z.int(), seq: z.int() })),
  next: z.string().nullable(),
});

/** The intentions of this till's sales at the server, in the journal's order. */
async function salesAtServer(): Promise<string[]> {
  const authorization = `Bearer ${await central.signIn()}`;
  const found: z.infer<typeof Page>['transactions'] = [];
  for (let before: string | null = ''; before !== null; ) {
    const query = new URLSearchParams({ terminal: till.sync.enrolment()!.terminal, limit: '200' });
    if (before) query.set('before', before);
    const answer = await fetch(`${central.url}/v1/office/transactions?${query}`, { headers: { authorization } });
    const page = Page.parse(await answer.json());
    found.push(...page.transactions);
    before = page.next;
  }
  found.sort((one, other) => one.epoch - other.epoch || one.seq - other.seq);
  return found.map(({ intention }) => intention);
}

/** Each sale once at the server, the till's journal sound, and its head the server's. */
async function expectAll(sales: readonly string[]): Promise<void> {
  expect(await salesAtServer()).toEqual(sales);
  expect(till.store.reader.acknowledged()?.head).toEqual(till.store.reader.head());
  expect(await verifyStore(storeFile())).toMatchObject({ ok: true, value: { faults: [] } });
}

describe('a till restored from a backup', () => {
  it('[T17] [T27] [T37] goes on in a new epoch at once, with no link, and doubles nothing', async () => {
    const before = sell(5);
    await online();
    must(makeBackup(storeFile(), file(), realClock));
    const lost = sell(7);
    await online();
    await whileStopped(restore);
    expect(till.store.reader.head()).toMatchObject({ epoch: 2, seq: 1 });
    const after = sell(3);
    await online();
    after.push(...sell(1));
    await online();
    await expectAll([...before, ...lost, ...after]);
    expect(till.sync.engine.alarm()).toBeNull();
  });

  it('[T17] [T27] with entries in it that the server had not then, and has now', async () => {
    const before = sell(2);
    await online();
    await till.crash();
    const unsent = sell(4);
    must(makeBackup(storeFile(), file(), realClock));
    await online();
    const lost = sell(2);
    await online();
    await whileStopped(restore);
    const after = sell(2);
    await online();
    await expectAll([...before, ...unsent, ...lost, ...after]);
  });

  it('[T27] twice from the same backup: an epoch of its own each time', async () => {
    const before = sell(2);
    await online();
    must(makeBackup(storeFile(), file(), realClock));
    await whileStopped(restore);
    const second = sell(2);
    await online();
    await whileStopped(restore);
    expect(till.store.reader.head()).toMatchObject({ epoch: 3, seq: 1 });
    const third = sell(2);
    await online();
    await expectAll([...before, ...second, ...third]);
  });
});

describe('a till whose files somebody put back by hand', () => {
  it('[T27] [T37] the store alone: noticed at the start, with no server', async () => {
    const before = sell(2);
    await online();
    await whileStopped((path) => cpSync(path, join(away, 'store')));
    const lost = sell(3);
    await online();
    await whileStopped((path) => cpSync(join(away, 'store'), path));
    expect(till.store.reader.head()).toMatchObject({ epoch: 2, seq: 1 });
    const after = sell(2);
    await online();
    await expectAll([...before, ...lost, ...after]);
  });

  it('[T17] [T27] [T37] the whole folder: what was sold at places already taken is stated again, nothing lost and nothing doubled', async () => {
    const before = sell(3);
    await online();
    await whileStopped(() => copyFolder(till.dataDir, away));
    const lost = sell(5);
    await online();
    await whileStopped(() => copyFolder(away, till.dataDir));
    // Nobody can know yet: these stand where the server has others.
    const collided = sell(210);
    expect(till.store.reader.head()).toMatchObject({ epoch: 1 });
    await online();
    expect(till.store.reader.head()).toMatchObject({ epoch: 2 });
    const after = sell(2);
    await online();
    await expectAll([...before, ...lost, ...collided, ...after]);
    expect(till.sync.engine.alarm()).toBeNull();
    expect(link().state).toBe('online');
  });

  it('[T27] the whole folder, and nothing sold since', async () => {
    const before = sell(3);
    await online();
    await whileStopped(() => copyFolder(till.dataDir, away));
    const lost = sell(5);
    await online();
    await whileStopped(() => copyFolder(away, till.dataDir));
    await online();
    expect(till.store.reader.head()).toMatchObject({ epoch: 2, seq: 1 });
    await expectAll([...before, ...lost]);
  });

  it('[T27] [T37] the whole folder again and again, with a restart on the wrong branch', async () => {
    const before = sell(2);
    await online();
    await whileStopped(() => copyFolder(till.dataDir, away));
    const all = [...before];
    for (let round = 1; round <= 3; round += 1) {
      all.push(...sell(round));
      // Its own process ends and starts again before there is a link.
      await till.crash();
      all.push(...sell(1));
      await online();
      await whileStopped(() => copyFolder(away, till.dataDir));
    }
    all.push(...sell(2));
    await online();
    await expectAll(all);
  });

  it('the connection is lost at each step of finding out: the next round goes on', async () => {
    const before = sell(2);
    await online();
    await whileStopped(() => copyFolder(till.dataDir, away));
    const lost = sell(2);
    await online();
    await whileStopped(() => copyFolder(away, till.dataDir));
    const collided = sell(3);
    till.sync.setLinkCut(true);
    till.sync.engine.start();
    for (let step = 0; step < 6; step += 1) {
      till.sync.setLinkCut(false);
      await new Promise((resolve) => setTimeout(resolve, 4 + step * 3));
      till.sync.setLinkCut(true);
    }
    till.sync.setLinkCut(false);
    await until(() => link().state === 'online' && link().unsentEntries === 0);
    await expectAll([...before, ...lost, ...collided]);
  });
});

it('[T26] a backup holds no key, sealed or not', async () => {
  must(makeBackup(storeFile(), file(), realClock));
  const bytes = readFileSync(file());
  const keys = join(till.dataDir, 'keys');
  const identity = z
    .object({ privateKey: z.string() })
    .parse(JSON.parse(readFileSync(join(keys, 'identity.json'), 'utf8')));
  const { readWrite } = till.sync.enrolment()!.cardKeys;
  for (const secret of [
    readFileSync(join(keys, 'data.key')),
    identity.privateKey,
    readWrite,
    Buffer.from(readWrite, 'hex'),
  ])
    expect(bytes.includes(secret)).toBe(false);
});
