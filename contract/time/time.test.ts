import { describe, expect, it } from 'vitest';
import { type Clock, sleep } from './index.ts';

/** One timer, run by hand. */
function handClock() {
  let task: (() => void) | null = null;
  const clock: Clock = {
    wallMs: () => 0,
    monotonicMs: () => 0,
    bootId: 'hand',
    after(_delayMs, next) {
      task = next;
      return () => {
        task = null;
      };
    },
  };
  return { clock, waits: () => task !== null, ring: () => task?.() };
}

describe('sleep', () => {
  it('ends when its time has come', async () => {
    const { clock, ring, waits } = handClock();
    const slept = sleep(clock, 10);
    ring();
    await slept;
    expect(waits()).toBe(false);
  });

  it('ends early, and quietly, when it is called off, and leaves no timer', async () => {
    const { clock, waits } = handClock();
    const calling = new AbortController();
    const slept = sleep(clock, 10, calling.signal);
    expect(waits()).toBe(true);
    calling.abort();
    await slept;
    expect(waits()).toBe(false);
  });

  it('does not begin when it was called off before', async () => {
    const { clock, waits } = handClock();
    await sleep(clock, 10, AbortSignal.abort());
    expect(waits()).toBe(false);
  });
});
