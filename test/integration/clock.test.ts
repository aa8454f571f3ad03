import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FarEnd } from '#test/harness/far-end.ts';
import { SyncTill, testEnrolment } from '#test/harness/sync-till.ts';
import { settle, VirtualClock } from '#test/harness/virtual-clock.ts';

const hourMs = 3_600_000;
const tenYearsMs = 3_652 * 24 * hourMs;
let clock: VirtualClock;
let server: FarEnd;
let till: SyncTill;

beforeEach(async () => {
  clock = new VirtualClock();
  const startMs = clock.wallMs();
  server = new FarEnd({
    nowMs: () => startMs + clock.elapsedMs(),
    terminalKeySpki: () => till.keys.publicKeySpkiBase64,
  });
  till = await SyncTill.open({
    clock,
    elapsedMs: () => clock.elapsedMs(),
    fetch: (url, init) => server.fetch(url, init),
  });
  till.enrolAs({ centralUrl: 'http://central.test', enrolment: testEnrolment(server.serverPublicKey) });
  till.sync.engine.start();
  await settle();
});
afterEach(async () => {
  await till.close();
  expect(till.defects).toEqual([]);
});

const entries = () => till.store.reader.entriesAfter(null, 1_000).map(({ entry }) => entry);
const timesAsked = () => server.requests.filter((request) => request === 'GET /v1/time').length;

describe('a PC whose clock is set wrong', () => {
  it.each([
    ['two hours back', [-2 * hourMs]],
    ['two hours on', [2 * hourMs]],
    ['ten years back', [-tenYearsMs]],
    ['ten years on', [tenYearsMs]],
    ['back and forth', [2 * hourMs, -tenYearsMs, 2 * tenYearsMs, -3 * hourMs, -tenYearsMs]],
  ])(
    '[N5] %s while offline: nothing is refused, the order is that of the acts, no time is won or lost (invariant 23)',
    async (_how, shifts) => {
      server.trouble = 'refuses';
      till.append();
      await clock.advance(hourMs);
      const leftMs = till.sync.engine.offlineLeftMs()!;
      const before = entries().length;
      for (const byMs of shifts) {
        clock.shiftWall(byMs);
        till.append();
        expect(till.sync.engine.offlineLeftMs()).toBe(leftMs);
      }
      expect(entries()).toHaveLength(before + shifts.length);
      expect(entries().map(({ seq }) => seq)).toEqual(entries().map((_, index) => index + 1));
      server.trouble = 'none';
      await clock.advance(10_000);
      expect(server.rows.map(({ hash }) => hash)).toEqual(till.hashes());
      expect(till.sync.engine.state()).toMatchObject({ state: 'online', unsent: 0 });
      expect(till.sync.engine.alarm()).toBeNull();
    },
  );

  it('[N5] keeps the server’s time by the monotonic clock alone, whatever is done to the PC’s', async () => {
    const shift = fc.record({
      shiftMs: fc.integer({ min: -tenYearsMs, max: tenYearsMs }),
      waitMs: fc.integer({ min: 0, max: 60_000 }),
    });
    const serverMs = () => Date.UTC(2026, 10, 21, 9) + clock.monotonicMs();
    server.trouble = 'refuses';
    await fc.assert(
      fc.asyncProperty(fc.array(shift, { maxLength: 6 }), async (steps) => {
        for (const { shiftMs, waitMs } of steps) {
          clock.shiftWall(shiftMs);
          await clock.advance(waitMs);
          expect(till.sync.serverClock.nowMs()).toBe(serverMs());
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a laptop that was shut for the night', () => {
  it('[N5] has the server’s time as it wakes, before it has heard anything and whatever its own clock says', async () => {
    const serverMs = () => Date.UTC(2026, 10, 21, 9) + clock.elapsedMs();
    server.trouble = 'refuses';
    await clock.advance(60_000);
    for (const shiftMs of [0, -2 * hourMs, tenYearsMs]) {
      clock.sleep(9 * hourMs);
      clock.shiftWall(shiftMs);
      expect(till.sync.serverClock.nowMs()).toBe(serverMs());
    }
    server.trouble = 'none';
    await clock.advance(10_000);
    expect(till.sync.engine.state()).toMatchObject({ state: 'online' });
    expect(till.sync.serverClock.nowMs()).toBe(serverMs());
  });
});

describe('the server’s time', () => {
  it('[N5] is asked at each contact and every quarter of an hour, not at each round', async () => {
    expect(timesAsked()).toBe(1);
    await clock.advance(14 * 60_000);
    expect(timesAsked()).toBe(1);
    await clock.advance(2 * 60_000);
    expect(timesAsked()).toBe(2);
  });

  it.each(['forged-time', 'time-of-yesterday'] as const)(
    '[N5] is not believed where it is a %s: a person is told, and the clock stays as it was',
    async (trouble) => {
      const offsetMs = till.sync.serverClock.offsetMs();
      server.trouble = trouble;
      await clock.advance(16 * 60_000);
      expect(till.sync.engine.alarm()).toEqual({ type: 'CentralAnswerInvalid', what: 'signature', where: 'time' });
      expect(till.sync.serverClock.offsetMs()).toBe(offsetMs);
      server.trouble = 'none';
      await clock.advance(31_000);
      expect(till.sync.engine.alarm()).toBeNull();
    },
  );
});

describe('the certificate for tickets', () => {
  it('[N10] is asked for by a till that was enrolled without one, kept over a restart, and renewed in good time', async () => {
    const held = till.sync.enrolment()?.ticketCertificate;
    expect(held).toMatch(/^[A-Za-z0-9_-]{100,}$/);
    const asked = () => server.requests.filter((request) => request.endsWith('/ticket-certificates')).length;
    expect(asked()).toBe(1);
    await till.crash();
    till.sync.engine.start();
    await settle();
    expect(till.sync.enrolment()?.ticketCertificate).toBe(held);
    expect(asked()).toBe(1);
    server.trouble = 'refuses';
    await clock.advance(10_000);
    await till.sync.engine.stop();
    await clock.advance(600 * 24 * hourMs);
    server.trouble = 'none';
    await till.crash();
    till.sync.engine.start();
    await settle();
    expect(asked()).toBe(2);
    expect(till.sync.enrolment()?.ticketCertificate).not.toBe(held);
  });
});
