import type { Clock } from '#contract/time/index.ts';

/** The machine's own clocks. `shift` sets the wall clock wrong on purpose, for a demonstration. */
export function systemClock(bootId: string): Clock & { shift(byMs: number): void } {
  let shiftMs = 0;
  return {
    bootId,
    wallMs: () => Date.now() + shiftMs,
    monotonicMs: () => performance.now(),
    after(delayMs, task) {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    shift(byMs) {
      shiftMs += byMs;
    },
  };
}
