import type { Clock } from '#contract/time/index.ts';

/** This machine's own time, for tests on real parts. */
export const realClock: Clock = {
  wallMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  bootId: '019f0000-0000-7000-8000-00000000b007',
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
