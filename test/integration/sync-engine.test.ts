import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/loyalty/shop-settings.ts';
import { pinHashPurpose } from '#service/counter/who.ts';
import { FarEnd } from '#test/harness/far-end.ts';
import { SyncTill, testEnrolment } from '#test/harness/sync-till.ts';
import { settle, VirtualClock } from '#test/harness/virtual-clock.ts';

const hourMs = 3_600_000;
let clock: VirtualClock;
let serverAheadMs: number;
let oldHeadSeq: number;
let server: FarEnd;
let till: SyncTill;

beforeEach(async () => {
  clock = new VirtualClock();
  const serverStartMs = clock.wallMs();
  serverAheadMs = 0;
  oldHeadSeq = 1;
  server = new FarEnd({
    nowMs: () => serverStartMs + clock.monotonicMs() + serverAheadMs,
    terminalKeySpki: () => till.keys.publicKeySpkiBase64,
    oldHeadSeq: () => oldHeadSeq,
  });
  till = await SyncTill.open({ clock, fetch: (url, init) => server.fetch(url, init) });
  till.enrolAs({ centralUrl: 'http://central.test', enrolment: testEnrolment(server.serverPublicKey) });
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const link = () => till.sync.engine.state();
const arrived = () => server.rows.map(({ hash }) => hash);

describe('with a link', () => {
  it('[T16] an entry is at the server without any time passing', async () => {
    till.sync.engine.start();
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0, offlineSinceMs: null });
    till.append();
    expect(link()).toMatchObject({ unsent: 1, unsentByKind: { 'loyalty.sale': 1 } });
    await settle();
    expect(arrived()).toEqual(till.hashes());
    expect(link().unsent).toBe(0);
    expect(clock.monotonicMs()).toBe(0);
  });

  it('[T16] an entry appended while another is being sent goes with no wait either', async () => {
    till.sync.engine.start();
    await settle();
    till.append();
    await new Promise((resolve) => setImmediate(resolve));
    till.append();
    till.append(450);
    await settle();
    await settle();
    expect(arrived()).toEqual(till.hashes());
    const pushes = server.requests.filter((request) => request.startsWith('POST'));
    expect(pushes.length).toBeGreaterThanOrEqual(4);
  });

  it('pulls the feed to its end, and again at intervals', async () => {
    const block = (cardNumber: string) => ({ item: 'blocked-card' as const, cardNumber, blocked: true });
    server.feed = ['0000000001', '0000000002', '0000000003'].map(block);
    till.sync.engine.start();
    await settle();
    expect(till.store.feed.isBlocked('0000000003')).toBe(true);
    server.feed.push(block('0000000004'), {
      item: 'staff',
      code: 'awa',
      name: 'Awa',
      role: 'cashier',
      pinHash: '$argon2id$v=19$secret',
      active: true,
    });
    await clock.advance(15_000);
    expect(till.store.feed.isBlocked('0000000004')).toBe(true);
    expect(till.store.feed.cursor()).toBe(5);
    const sealed = new TextDecoder().decode(till.store.feed.staffMember('awa')!.sealedPinHash);
    const opened = till.keys.open(sealed, pinHashPurpose);
    expect(opened.ok && new TextDecoder().decode(opened.value)).toBe('$argon2id$v=19$secret');
  });

  it('looks at the feed at once when a person asks, settings and programme of the shop among it', async () => {
    till.sync.engine.start();
    await settle();
    const settings = { ...defaultSettings, offlineSpendCapPoints: 250 };
    const earn = { points: 1, perAmountMinor: 100, minimumAmountMinor: 500 };
    server.feed = [{ item: 'settings', settings }];
    const programme = {
      id: 'shop',
      version: 2,
      name: 'P',
      currency: 'XOF' as const,
      earn,
      gifts: [],
      expiryMonths: 24,
    };
    server.feed.push({ item: 'programme', programme });
    const asked = till.sync.engine.syncNow({ waitMs: 5_000 });
    await settle();
    await asked;
    expect(clock.monotonicMs()).toBe(0);
    expect(till.store.feed.settings()).toEqual(settings);
    expect(till.store.feed.programme()).toEqual(programme);
  });

  it('[T20] pulls the feed as often while the counter sells without a pause', async () => {
    till.sync.engine.start();
    await settle();
    server.feed = [{ item: 'blocked-card', cardNumber: '0000000001', blocked: true }];
    for (let second = 0; second < 11; second += 1) {
      till.append();
      await clock.advance(1_000);
    }
    expect(till.store.feed.isBlocked('0000000001')).toBe(true);
  });

  it('refuses a page with one bad item whole, says so, and goes on pushing', async () => {
    server.feed = [{ item: 'blocked-card', cardNumber: '0000000001', blocked: true }];
    server.trouble = 'bad-feed';
    till.sync.engine.start();
    till.append();
    await settle();
    expect(till.store.feed.cursor()).toBe(0);
    expect(till.store.feed.isBlocked('0000000001')).toBe(false);
    expect(till.sync.engine.alarm()).toMatchObject({ type: 'CentralAnswerInvalid', what: 'schema' });
    expect(link().unsent).toBe(0);
  });

  it('keeps card keys and the enrolment unreadable at rest: invariant 20', () => {
    const files = readdirSync(till.dataDir, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      const content = readFileSync(join(file.parentPath, file.name));
      expect(content.includes('00112233445566778899aabbccddeeff')).toBe(false);
      expect(content.includes(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))).toBe(false);
    }
  });
});

describe('without a link', () => {
  it('[T17] entries are kept, counted and dated, and leave by themselves within five seconds of its return', async () => {
    till.sync.engine.start();
    await settle();
    const lostAtMs = clock.wallMs();
    server.trouble = 'refuses';
    till.append(3);
    await settle();
    await clock.advance(2 * hourMs);
    expect(link()).toMatchObject({ state: 'offline', unsent: 3, offlineSinceMs: lostAtMs, oldestUnsentMs: lostAtMs });
    expect(link().offlineUntilMs).toBe(lostAtMs + testEnrolment('').offlineAllowanceMs);
    expect(till.sync.engine.alarm()).toBeNull();
    server.trouble = 'none';
    await clock.advance(5_000);
    expect(link()).toMatchObject({ state: 'online', unsent: 0, offlineSinceMs: null });
    expect(arrived()).toEqual(till.hashes());
  });

  it('asks rarely enough: about one probe in three seconds when nobody answers, one in half a minute when ill', async () => {
    server.trouble = 'refuses';
    till.sync.engine.start();
    await clock.advance(10 * 60_000);
    expect(server.requests.length).toBeLessThan(250);
    await clock.advance(1);
    server.requests.length = 0;
    server.trouble = 'answers-500';
    await clock.advance(hourMs);
    expect(server.requests.length).toBeGreaterThan(60);
    expect(server.requests.length).toBeLessThan(250);
    for (let sale = 0; sale < 20; sale += 1) till.append();
    await settle();
    expect(server.requests.length).toBeLessThan(250);
  });

  it.each(['refuses', 'hangs', 'answers-500', 'html'] as const)(
    '[T17] a server that %s costs nothing but time: each entry arrives once',
    async (trouble) => {
      till.sync.engine.start();
      await settle();
      server.trouble = trouble;
      till.append(7);
      await clock.advance(60_000);
      expect(link().state).toBe('offline');
      server.trouble = 'none';
      await clock.advance(31_000);
      expect(link()).toMatchObject({ state: 'online', unsent: 0 });
      expect(arrived()).toEqual(till.hashes());
    },
  );

  it.each(['accepts-then-dies', 'half-accepts-then-dies'] as const)(
    '[T17] a server that %s in the middle of a batch is asked what it has, and gets only the rest',
    async (trouble) => {
      till.sync.engine.start();
      await settle();
      server.trouble = trouble;
      till.append(7);
      await settle();
      expect(link()).toMatchObject({ state: 'offline', unsent: 7 });
      await clock.advance(60_000);
      expect(link()).toMatchObject({ state: 'online', unsent: 0 });
      expect(arrived()).toEqual(till.hashes());
    },
  );

  it('gives a silent server up after its time-out', async () => {
    server.trouble = 'hangs';
    till.sync.engine.start();
    await clock.advance(9_999);
    const [first] = server.requests;
    expect(server.requests).toEqual([first]);
    await clock.advance(1_001);
    expect(server.requests.length).toBe(2);
  });

  it('[T17] the simulated cable breaks what is under way, and its return is noticed at once', async () => {
    till.sync.engine.start();
    await settle();
    till.sync.setLinkCut(true);
    await settle();
    till.append(3);
    await clock.advance(30_000);
    expect(link()).toMatchObject({ state: 'offline', unsent: 3 });
    till.sync.setLinkCut(false);
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0 });
  });

  it('counts the time left by the monotonic clock: turning the PC back buys none, nor does a restart', async () => {
    till.sync.engine.start();
    await settle();
    server.trouble = 'refuses';
    await clock.advance(2 * hourMs);
    const left = till.sync.engine.offlineLeftMs()!;
    clock.shiftWall(-48 * hourMs);
    expect(till.sync.engine.offlineLeftMs()).toBe(left);
    await till.crash();
    expect(till.sync.engine.offlineLeftMs()).toBe(left);
    await till.sync.engine.stop();
    till.store.close();
    clock.shiftWall(3 * hourMs);
    till.openStore();
    expect(till.sync.engine.offlineLeftMs()).toBe(left - 3 * hourMs);
  });
});

describe('a wrong clock', () => {
  it.each([
    ['slow', 24 * hourMs],
    ['fast', -24 * hourMs],
  ])('a PC a day %s still syncs, and says so', async (state, aheadMs) => {
    serverAheadMs = aheadMs;
    till.sync.engine.start();
    till.append(2);
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0 });
    expect(till.sync.serverClock.state()).toEqual({ state, byMs: 24 * hourMs });
  });

  it('set wrong while running is noticed without asking the server', async () => {
    till.sync.engine.start();
    await settle();
    expect(till.sync.serverClock.state()).toMatchObject({ state: 'in-sync' });
    clock.shiftWall(-2 * hourMs);
    expect(till.sync.serverClock.state()).toEqual({ state: 'slow', byMs: 2 * hourMs });
    till.append();
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0 });
  });

  it('of the server, changed between two requests, is learnt from its refusal and asked once more', async () => {
    till.sync.engine.start();
    await settle();
    serverAheadMs = 7 * hourMs;
    till.append();
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0 });
    expect(till.sync.serverClock.offsetMs()).toBeGreaterThan(7 * hourMs - 2_000);
  });
});

describe('a server that cannot be believed', () => {
  it.each([
    ['old-head', 'CentralHeadWentBack'],
    ['forged-head', 'CentralHeadForged'],
  ] as const)(
    '%s: an alarm, nothing leaves the outbox, and it is over when the server is right again',
    async (trouble, type) => {
      till.sync.engine.start();
      till.append(4);
      await settle();
      server.trouble = trouble;
      till.append(2);
      await settle();
      expect(till.sync.engine.alarm()).toMatchObject({ type });
      till.append();
      await clock.advance(hourMs);
      expect(link()).toMatchObject({ unsent: 3 });
      expect(till.store.reader.acknowledged()?.head.seq).toBe(5);
      server.trouble = 'none';
      await clock.advance(31_000);
      expect(till.sync.engine.alarm()).toBeNull();
      expect(arrived()).toEqual(till.hashes());
    },
  );

  it('a server that lost everything is an alarm, not a fresh start', async () => {
    till.sync.engine.start();
    till.append(4);
    await settle();
    server.rows.length = 0;
    await till.crash();
    till.sync.engine.start();
    await settle();
    expect(till.sync.engine.alarm()).toMatchObject({ type: 'CentralHeadWentBack', seq: 0, expectedSeq: 5 });
  });

  it('a server that comes to know more than this journal while it runs: another one writes in its name', async () => {
    till.sync.engine.start();
    till.append(4);
    await settle();
    const [first] = server.rows;
    server.rows.push({ ...first!, entry: { ...first!.entry, seq: 99 } });
    server.trouble = 'answers-500';
    till.append();
    await settle();
    server.trouble = 'none';
    await clock.advance(31_000);
    expect(till.sync.engine.alarm()).toEqual({ type: 'CentralHeadUnknown', epoch: 1, seq: 99 });
    expect(till.store.reader.head()).toMatchObject({ epoch: 1, seq: 6 });
  });

  it('[T37] a server that knows more than this journal at its start: an old copy, which goes on in a new epoch', async () => {
    till.sync.engine.start();
    till.append(4);
    await settle();
    const [first] = server.rows;
    server.rows.push({ ...first!, entry: { ...first!.entry, seq: 99 } });
    await till.crash();
    till.sync.engine.start();
    await settle();
    expect(till.sync.engine.alarm()).toBeNull();
    expect(till.store.reader.head()).toMatchObject({ epoch: 2, seq: 1 });
    expect(till.store.reader.acknowledged()?.head).toMatchObject({ epoch: 2, seq: 1 });
  });

  it('a server with another entry at our place: forked', async () => {
    till.sync.engine.start();
    till.append(4);
    await settle();
    server.rows[4] = { ...server.rows[4]!, hash: 'f'.repeat(64) };
    await till.crash();
    till.sync.engine.start();
    await settle();
    expect(till.sync.engine.alarm()).toEqual({ type: 'CentralHeadForked', epoch: 1, seq: 5 });
    expect(await syncNow(1_000)).toMatchObject({ conflicts: 1 });
  });

  it.each([
    ['quarantines', 'quarantined'],
    ['revokes', 'revoked'],
  ] as const)('a server that %s this terminal is not hammered, also not by sales', async (trouble, state) => {
    server.trouble = trouble;
    till.sync.engine.start();
    till.append();
    await settle();
    expect(link()).toMatchObject({ state });
    server.requests.length = 0;
    for (let sale = 0; sale < 50; sale += 1) till.append();
    await clock.advance(hourMs);
    expect(server.requests.length).toBeLessThan(80);
    server.trouble = 'none';
    till.sync.engine.retryNow();
    await settle();
    expect(link()).toMatchObject({ state: 'online', unsent: 0 });
  });
});

/** A person's "sync now", with the time it may take passing meanwhile. */
async function syncNow(waitMs: number) {
  const outcome = till.sync.engine.syncNow({ waitMs });
  await clock.advance(waitMs);
  return outcome;
}

describe('sync now', () => {
  it('says what it sent, and returns as soon as the outbox is empty', async () => {
    server.trouble = 'refuses';
    till.sync.engine.start();
    till.append(4);
    await clock.advance(60_000);
    server.trouble = 'none';
    const outcome = till.sync.engine.syncNow({ waitMs: 60_000 });
    await settle();
    expect(await outcome).toEqual({ sent: 4, unsent: 0, conflicts: 0 });
  });

  it('says what is left when its time is over', async () => {
    server.trouble = 'refuses';
    till.sync.engine.start();
    till.append(4);
    expect(await syncNow(5_000)).toEqual({ sent: 0, unsent: 4, conflicts: 0 });
  });
});

it('stops clean: no timer and no request is left', async () => {
  server.trouble = 'hangs';
  till.sync.engine.start();
  till.append();
  await settle();
  await till.sync.engine.stop();
  server.requests.length = 0;
  await clock.advance(hourMs);
  expect(clock.waiting).toBe(0);
  expect(server.requests).toEqual([]);
});
