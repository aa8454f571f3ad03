import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { clockToleranceMs, createServerClock } from './clock-offset.ts';

const hourMs = 3_600_000;
const known = (aheadMs: number, roundTripMs = 0, resolutionMs = 1) => {
  const clock = new VirtualClock();
  const server = createServerClock(clock, () => clock.elapsedMs());
  const serverMs = clock.wallMs() + aheadMs;
  server.observe({ serverMs, sentMs: 0, receivedMs: roundTripMs, resolutionMs });
  return { clock, server, serverMs };
};

describe('the server’s clock', () => {
  it('is this machine’s until something is known', () => {
    const clock = new VirtualClock();
    const server = createServerClock(clock);
    expect(server.nowMs()).toBe(clock.wallMs());
    expect(server.offsetMs()).toBeNull();
    expect(server.state()).toEqual({ state: 'unknown' });
  });

  it('is taken halfway of the exchange', async () => {
    const { clock, server, serverMs } = known(5_000, 200);
    await clock.advance(200);
    expect(server.nowMs()).toBe(serverMs + 100 + 0);
  });

  it('goes on by the monotonic clock: a change of the PC’s clock shows, and moves nothing (invariant 23)', async () => {
    const { clock, server, serverMs } = known(0);
    await clock.advance(1_000);
    clock.shiftWall(-2 * hourMs);
    expect(server.nowMs()).toBe(serverMs + 1_000);
    expect(server.state()).toEqual({ state: 'slow', byMs: 2 * hourMs });
    clock.shiftWall(5 * hourMs);
    expect(server.state()).toEqual({ state: 'fast', byMs: 3 * hourMs });
  });

  it('[N5] goes on while the machine sleeps, where the monotonic clock stands still, whatever is done to the PC’s clock', async () => {
    const { clock, server, serverMs } = known(0);
    clock.sleep(8 * hourMs);
    expect(clock.monotonicMs()).toBe(0);
    expect(server.nowMs()).toBe(serverMs + 8 * hourMs);
    expect(server.state()).toEqual({ state: 'in-sync', offsetMs: 0 });
    clock.shiftWall(-3 * hourMs);
    await clock.advance(1_000);
    expect(server.nowMs()).toBe(serverMs + 8 * hourMs + 1_000);
    expect(server.state()).toEqual({ state: 'slow', byMs: 3 * hourMs });
  });

  it('[N5] is not set by an answer that came while the machine slept: nobody knows when in that time it was given', () => {
    const { clock, server, serverMs } = known(0);
    const sentMs = server.elapsedMs();
    clock.sleep(8 * hourMs);
    server.observe({ serverMs: serverMs + 20, sentMs, receivedMs: server.elapsedMs(), resolutionMs: 1 });
    expect(server.nowMs()).toBe(serverMs + 8 * hourMs);
  });

  it('says nothing of a difference nobody would notice', () => {
    expect(known(clockToleranceMs).server.state()).toEqual({ state: 'in-sync', offsetMs: clockToleranceMs });
    expect(known(clockToleranceMs + 1).server.state()).toMatchObject({ state: 'slow' });
  });

  it('is not made worse by a coarser reading that agrees, but by one that contradicts', () => {
    const { clock, server } = known(0);
    const reading = { sentMs: 0, receivedMs: 0, resolutionMs: 1000 };
    server.observe({ ...reading, serverMs: clock.wallMs() - 700 });
    expect(server.offsetMs()).toBe(0);
    server.observe({ ...reading, serverMs: clock.wallMs() + hourMs });
    expect(server.offsetMs()).toBe(hourMs + 500);
  });
});
