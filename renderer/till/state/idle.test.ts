import { expect, it } from 'vitest';
import { watchIdle } from './idle.ts';

/** Time and a window that stand still until they are told. */
function stillWindow() {
  let nowMs = 0;
  let waiting: { atMs: number; task: () => void }[] = [];
  const listeners: (() => void)[] = [];
  return {
    target: { addEventListener: (_: string, listener: () => void) => void listeners.push(listener) } as never,
    after: (delayMs: number, task: () => void) => {
      const one = { atMs: nowMs + delayMs, task };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    touch: () => listeners[0]?.(),
    pass(ms: number) {
      nowMs += ms;
      const due = waiting.filter(({ atMs }) => atMs <= nowMs);
      waiting = waiting.filter(({ atMs }) => atMs > nowMs);
      for (const { task } of due) task();
    },
  };
}

it('[T25] locks after the shop’s time without a key or a touch, and each one begins it anew', () => {
  const page = stillWindow();
  let locks = 0;
  watchIdle({ ...page, idleMs: () => 60_000, lock: () => (locks += 1) });
  page.pass(59_000);
  page.touch();
  page.pass(59_000);
  expect(locks).toBe(0);
  page.pass(1_000);
  expect(locks).toBe(1);
  page.pass(600_000);
  expect(locks).toBe(1);
});

it('never locks where the shop does not want it, and takes a new setting up at once', () => {
  const page = stillWindow();
  let locks = 0;
  let idleMs: number | null = null;
  const watch = watchIdle({ ...page, idleMs: () => idleMs, lock: () => (locks += 1) });
  page.pass(86_400_000);
  expect(locks).toBe(0);
  idleMs = 30_000;
  watch.settingChanged();
  page.pass(30_000);
  expect(locks).toBe(1);
});
