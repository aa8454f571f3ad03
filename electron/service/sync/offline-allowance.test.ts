import { describe, expect, it } from 'vitest';
import { VirtualClock } from '#test/harness/virtual-clock.ts';
import { OfflineAllowance } from './offline-allowance.ts';

const hourMs = 3_600_000;

describe('the time a till works without the server', () => {
  it('is counted by the monotonic clock and ends with a contact', async () => {
    const clock = new VirtualClock();
    const allowance = new OfflineAllowance(clock, null);
    await clock.advance(hourMs);
    clock.shiftWall(-5 * hourMs);
    expect(allowance.spentMs()).toBe(hourMs);
    allowance.contact();
    expect(allowance.spentMs()).toBe(0);
  });

  it('goes on over a restart, the time in between included', async () => {
    const clock = new VirtualClock();
    const before = new OfflineAllowance(clock, null);
    await clock.advance(hourMs);
    const kept = before.record();
    clock.shiftWall(8 * hourMs);
    expect(new OfflineAllowance(clock, kept).spentMs()).toBe(9 * hourMs);
  });

  it('does not shrink when the PC’s clock was turned back while the till was off', async () => {
    const clock = new VirtualClock();
    const before = new OfflineAllowance(clock, null);
    await clock.advance(hourMs);
    const kept = before.record();
    clock.shiftWall(-8 * hourMs);
    expect(new OfflineAllowance(clock, kept).spentMs()).toBe(hourMs);
  });
});
