import { uptime } from 'node:os';
import { expect, it } from 'vitest';
import { elapsedClock, systemClock } from './system-clock.ts';

it.each([
  ['linux', 90_500],
  ['win32', 90_500],
  ['darwin', 7],
] as const)(
  'on %s takes the clock that goes on while the machine sleeps, and that nobody sets',
  (platform, expected) => {
    const parts = { platform, uptimeSeconds: () => 90.5, monotonicMs: () => 7 };
    expect(elapsedClock(parts)()).toBe(expected);
  },
);

it('never goes back on this machine', () => {
  const { monotonicMs } = systemClock('boot');
  const elapsedMs = elapsedClock({ platform: process.platform, uptimeSeconds: uptime, monotonicMs });
  const readings = Array.from({ length: 100 }, elapsedMs);
  expect(readings).toEqual(readings.toSorted((a, b) => a - b));
  expect(readings[0]).toBeGreaterThan(0);
});
