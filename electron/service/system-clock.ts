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
