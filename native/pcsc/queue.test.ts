import { expect, it } from 'vitest';
import { createQueue } from './queue.ts';

it('runs one task at a time, in order, past one that fails', async () => {
  const queue = createQueue(3);
  const log: string[] = [];
  const task = (name: string) => async () => {
    log.push(`${name} begins`);
    await Promise.resolve();
    log.push(`${name} ends`);
    if (name === 'a') throw new Error(name);
    return name;
  };
  const a = queue.run(task('a'));
  const b = queue.run(task('b'));
  await expect(a).rejects.toThrow('a');
  expect(await b).toBe('b');
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('refuses what does not fit, and takes it again later', async () => {
  const queue = createQueue(1);
  const first = queue.run(async () => 1);
  expect(await queue.run(async () => 2)).toBeUndefined();
  expect(await first).toBe(1);
  expect(await queue.run(async () => 3)).toBe(3);
});
