import { randomFill } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Clock } from '#contract/time/index.ts';
import { createPatience, inTime } from './patience.ts';

/** Real timers: what is tried is the order in which the loop turns to them. */
const clock: Pick<Clock, 'after' | 'monotonicMs'> = {
  monotonicMs: () => performance.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
const limitMs = 20;

/** Done by another thread, as a native call is, while this one stands still for longer than the limit. */
function answeredMeanwhile(): Promise<string> {
  const call = new Promise<string>((resolve) => randomFill(new Uint8Array(8), () => resolve('answer')));
  setImmediate(() => {
    for (const startedMs = performance.now(); performance.now() - startedMs < 3 * limitMs; );
  });
  return call;
}

it('does not call an answer late that was there while the process stood still', async () => {
  expect(await inTime(clock as Clock, answeredMeanwhile(), limitMs)).toEqual({ late: false, value: 'answer' });
  const patience = createPatience(clock as Clock, limitMs);
  expect(await patience.await(answeredMeanwhile())).toEqual({ late: false, value: 'answer' });
  patience.end();
});

it('calls late what never answers', async () => {
  expect(await inTime(clock as Clock, new Promise(() => {}), limitMs)).toEqual({ late: true });
  const patience = createPatience(clock as Clock, limitMs);
  expect(await patience.await(new Promise(() => {}))).toEqual({ late: true });
  patience.end();
});
