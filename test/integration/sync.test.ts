import { createServer, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Clock } from '#contract/time/index.ts';
import type { Fetch } from '#service/sync/index.ts';
import { CentralProcess } from '#test/harness/central-process.ts';
import { realClock } from '#test/harness/real-clock.ts';
import { SyncTill } from '#test/harness/sync-till.ts';
import { saleDraft } from '#test/harness/till-store.ts';

const central = new CentralProcess();
const dayMs = 86_400_000;
let till: SyncTill;
let wallShiftMs: number;
/** What a test does to the wire; nothing by default. */
let wire: Fetch;
const clock: Clock = {
  ...realClock,
  wallMs: () => realClock.wallMs() + wallShiftMs,
};

beforeAll(() => central.start());
afterAll(() => central.remove());
beforeEach(async () => {
  wallShiftMs = 0;
  wire = fetch;
  till = await SyncTill.open({ clock, fetch: (url, init) => wire(url, init), timeoutMs: 2_000 });
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const link = () => till.sync.engine.state();
const sell = (count: number) => till.appendFacts(Array.from({ length: count }, () => saleDraft()));

/** Looks until it is so; fails after `limitMs`. */
async function until(isSo: () => boolean, limitMs = 20_000): Promise<void> {
  const endMs = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > endMs)
      throw new Error(`not so after ${limitMs} ms: ${JSON.stringify([link(), till.sync.engine.alarm()])}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Enrols with a fresh code; each start of the server gives some. */
async function enrol(): Promise<void> {
  await central.end('SIGTERM');
  await central.start();
  await till.enrolAt(central.url, central.takeCode());
  till.sync.engine.start();
  await until(() => link().state === 'online' && link().unsent === 0);
}

const Page = z.object({
  transactions: z.array(z.object({ intention: z.string(), epoch: z.int(), seq: z.int(), kind: z.string() })),
  next: z.string().nullable(),
  totals: z.object({ count: z.int() }),
});

/** The intentions of this till's sales as the office sees them, in the journal's order. */
async function salesAtServer(): Promise<{ intentions: string[]; count: number }> {
  const authorization = `Bearer ${await central.signIn()}`;
  const found: z.infer<typeof Page>['transactions'] = [];
  let count = 0;
  for (let before: string | null = ''; before !== null; ) {
    const query = new URLSearchParams({ terminal: till.sync.enrolment()!.terminal, limit: '200' });
    if (before) query.set('before', before);
    const answer = await fetch(`${central.url}/v1/office/transactions?${query}`, { headers: { authorization } });
    const page = Page.parse(await answer.json());
    found.push(...page.transactions);
    count = page.totals.count;
    before = page.next;
  }
  found.sort((one, other) => one.epoch - other.epoch || one.seq - other.seq);
  return { intentions: found.map(({ intention }) => intention), count };
}

/** The server has the journal's sales, each once, and has countersigned the journal's head. */
async function expectTheSame(): Promise<void> {
  const own = till.store.reader.list({ before: null, limit: 500, kinds: ['loyalty.sale'] }).reverse();
  const server = await salesAtServer();
  expect(server.intentions).toEqual(own.map(({ entry }) => entry.intention));
  expect(server.count).toBe(own.length);
  expect(till.store.reader.acknowledged()?.head).toEqual(till.store.reader.head());
}

/** Stands in the server's place, on its port, and answers nothing good. */
async function standIn(answer: (end: (status: number) => void) => void): Promise<Server> {
  const server = createServer((_request, response) => answer((status) => response.writeHead(status).end('no')));
  await new Promise<void>((resolve) => server.listen(Number(new URL(central.url).port), '127.0.0.1', resolve));
  return server;
}

async function leave(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

describe('with a link', () => {
  it('[T16] a sale is at the server, countersigned, and in the office, without anyone asking', async () => {
    await enrol();
    sell(1);
    await until(() => link().unsent === 0, 5_000);
    await expectTheSame();
    expect(till.store.feed.programme()?.id).toBe('akwaba');
    expect(till.store.feed.staff().length).toBeGreaterThan(0);
    expect(till.sync.serverClock.state().state).toBe('in-sync');
  });

  it('a lost answer to the enrolment does not strand the till', async () => {
    const code = central.takeCode();
    wire = async (url, init) => {
      await (await fetch(url, init)).arrayBuffer();
      throw new TypeError('fetch failed');
    };
    const asked = { centralUrl: central.url, code, name: 'caisse-1' };
    expect(await till.sync.enrol(asked)).toMatchObject({ ok: false, error: { type: 'CentralUnreachable' } });
    wire = fetch;
    expect((await till.sync.enrol(asked)).ok).toBe(true);
    expect(await till.sync.enrol({ ...asked, code: 'AAAA-AAAA' })).toMatchObject({
      error: { type: 'CentralRefused', refusal: { type: 'EnrolmentCodeInvalid' } },
    });
  });

  it.each([
    ['slow', -dayMs],
    ['fast', dayMs],
  ])('a PC a day %s syncs all the same, and says so', async (state, shiftMs) => {
    wallShiftMs = shiftMs;
    await enrol();
    sell(3);
    await until(() => link().unsent === 0);
    await expectTheSame();
    const clockState = till.sync.serverClock.state();
    expect(clockState).toMatchObject({ state });
    expect(Math.round(('byMs' in clockState ? clockState.byMs : 0) / 60_000)).toBe(24 * 60);
  });
});

describe('without a link', () => {
  it('[T17] the server is stopped: sales are kept and counted; started again: all arrive by themselves, each once', async () => {
    await enrol();
    await central.end('SIGTERM');
    for (let sale = 0; sale < 30; sale += 1) sell(1);
    await until(() => link().state === 'offline');
    expect(link()).toMatchObject({ unsent: 30, unsentByKind: { 'loyalty.sale': 30 } });
    expect(link().offlineUntilMs).toBeGreaterThan(clock.wallMs());
    await central.start();
    await until(() => link().unsent === 0 && link().state === 'online');
    await expectTheSame();
  });

  it('[T17] the server is killed in the middle of batches: nothing is lost, nothing doubled', async () => {
    await enrol();
    for (let round = 0; round < 3; round += 1) {
      let pushes = 0;
      const killed = new Promise<void>((resolve) => {
        wire = (url, init) => {
          const answer = fetch(url, init);
          pushes += init.method === 'POST' ? 1 : 0;
          // The batch is on its way: accepted or not, the answer may never come.
          if (pushes === 1) setTimeout(() => void central.end('SIGKILL').then(resolve), round * 15);
          return answer;
        };
        sell(120);
      });
      await killed;
      wire = fetch;
      await central.start();
      await until(() => link().unsent === 0 && link().state === 'online');
    }
    await expectTheSame();
  });

  it.each([
    ['answers 500', (end: (status: number) => void) => end(500)],
    ['takes the request and says nothing', () => {}],
    ['is a balancer with no server behind it', (end: (status: number) => void) => end(503)],
  ])('[T17] a server that %s costs nothing but time', async (_what, answer) => {
    await enrol();
    await central.end('SIGTERM');
    const server = await standIn(answer);
    sell(5);
    await until(() => link().state === 'offline');
    await leave(server);
    await central.start();
    till.sync.engine.retryNow();
    await until(() => link().unsent === 0 && link().state === 'online');
    await expectTheSame();
  });

  it('[T17] a till that dies and starts again goes on where it was', async () => {
    await enrol();
    sell(150);
    await till.crash();
    sell(10);
    expect(link().unsent).toBeGreaterThanOrEqual(10);
    till.sync.engine.start();
    await until(() => link().unsent === 0 && link().state === 'online');
    await expectTheSame();
  });

  it('an answer that is lost each first time doubles nothing', async () => {
    await enrol();
    let calls = 0;
    wire = async (url, init) => {
      calls += 1;
      const answer = await fetch(url, init);
      if (calls % 2 === 1) throw new TypeError('fetch failed');
      return answer;
    };
    for (let sale = 0; sale < 10; sale += 1) {
      sell(1);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    wire = fetch;
    await until(() => link().unsent === 0 && link().state === 'online');
    await expectTheSame();
  });
});

describe('a request on the wire', () => {
  /** Changes what is sent, until told to stop, and gives the server's first word on it. */
  async function tampered(change: (init: RequestInit) => RequestInit): Promise<{ status: number; type: string }> {
    await enrol();
    let seen: { status: number; type: string } | null = null;
    wire = async (url, init) => {
      const answer = await fetch(url, init.method === 'POST' ? change(init) : init);
      if (init.method === 'POST' && seen === null) {
        const body = z.object({ data: z.object({ type: z.string() }) }).parse(await answer.clone().json());
        seen = { status: answer.status, type: body.data.type };
      }
      return answer;
    };
    sell(1);
    await until(() => seen !== null);
    expect(link().unsent).toBe(1);
    wire = fetch;
    till.sync.engine.retryNow();
    await until(() => link().unsent === 0);
    await expectTheSame();
    return seen!;
  }
  const without = (init: RequestInit, name: string): RequestInit => {
    const headers = new Headers(init.headers);
    headers.delete(name);
    return { ...init, headers: Object.fromEntries(headers) };
  };

  it('[T26] unsigned is refused', async () => {
    expect(await tampered((init) => without(init, 'signature'))).toEqual({ status: 401, type: 'RequestNotAuthentic' });
  });

  it('[T26] altered on its way is refused', async () => {
    const alter = (init: RequestInit): RequestInit => {
      const body = new TextDecoder()
        .decode(init.body as Uint8Array)
        .replace('"amountMinor":1250', '"amountMinor":9250');
      return { ...init, body };
    };
    expect(await tampered(alter)).toEqual({ status: 401, type: 'RequestNotAuthentic' });
  });

  it('[T26] sent a second time by somebody else is refused', async () => {
    await enrol();
    let recorded: [string, RequestInit] | null = null;
    wire = (url, init) => {
      if (init.method === 'POST') recorded = [url, { method: 'POST', headers: init.headers!, body: init.body! }];
      return fetch(url, init);
    };
    sell(1);
    await until(() => link().unsent === 0);
    const [url, init] = recorded!;
    const replayed = await fetch(url, init);
    expect(replayed.status).toBe(401);
    expect(await replayed.json()).toMatchObject({ data: { type: 'RequestReplayed' } });
  });
});
