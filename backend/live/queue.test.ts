import { describe, expect, it } from 'vitest';
import { LiveQueue } from './queue.ts';

describe('LiveQueue', () => {
  it('gives items in order, to a reader that waits and to one that comes later', async () => {
    const queue = new LiveQueue<number>(10, () => {});
    const waiting = queue.next();
    queue.push(1);
    queue.push(2);
    expect(await waiting).toEqual({ done: false, value: 1 });
    expect(await queue.next()).toEqual({ done: false, value: 2 });
  });

  it('lets a reader go that falls behind, after giving what was kept', async () => {
    let closed = 0;
    const queue = new LiveQueue<number>(2, () => {
      closed += 1;
    });
    for (const item of [1, 2, 3, 4]) queue.push(item);
    expect(closed).toBe(1);
    const seen: number[] = [];
    for await (const item of queue) seen.push(item);
    expect(seen).toEqual([1, 2]);
  });

  it('wakes a waiting reader when it is closed, and tells its owner once', async () => {
    let closed = 0;
    const queue = new LiveQueue<number>(2, () => {
      closed += 1;
    });
    const waiting = queue.next();
    queue.close();
    await queue.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(closed).toBe(1);
  });
});
