import type { Clock } from '#contract/time/index.ts';

export type ShiftableClock = Clock & { shift(byMs: number): void };

/** The machine's own clocks. */
export const systemClock = (bootId: string): ShiftableClock =>
  shiftable({
    bootId,
    wallMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
  });

/**
 * Time that nobody can set, and that goes on while the machine sleeps. On Linux `performance.now()` is CLOCK_MONOTONIC, which stands
 * still then (clock_gettime(2)), and the uptime is the kernel's CLOCK_BOOTTIME, in hundredths (proc_uptime(5)); on Windows it is
 * GetTickCount64, which counts sleep and hibernation. On macOS the uptime is made of the wall clock, but `performance.now()` is
 * mach_continuous_time (libuv #2894).
 */
export const elapsedClock = ({
  platform,
  uptimeSeconds,
  monotonicMs,
}: {
  platform: NodeJS.Platform;
  uptimeSeconds: () => number;
  monotonicMs: () => number;
}): (() => number) => (platform === 'darwin' ? monotonicMs : () => uptimeSeconds() * 1000);

/** The same clock with a hand of its own: `shift` sets the wall clock wrong on purpose, for practice, and that of nobody else. */
export function shiftable({ bootId, wallMs, monotonicMs, after }: Clock): ShiftableClock {
  let shiftMs = 0;
  return {
    bootId,
    wallMs: () => wallMs() + shiftMs,
    monotonicMs,
    after,
    shift(byMs) {
      shiftMs += byMs;
    },
  };
}
