import { expect, it } from 'vitest';
import type { Child, ReadyLine } from './child.ts';
import { keepRunning } from './keep-running.ts';

/** Programs that live and die at a word; each start is ready or refuses as told. */
function programs(...readiness: boolean[]) {
  const said: string[] = [];
  const alive: { die: () => void }[] = [];
  const waits: (() => void)[] = [];
  const start = (): Child => {
    const ready = readiness[alive.length] ?? true;
    const ended = Promise.withResolvers<void>();
    if (!ready) ended.resolve();
    alive.push({ die: ended.resolve });
    said.push('started');
    return {
      pid: alive.length,
      ready: Promise.resolve<ReadyLine>({ ready }),
      exited: ended.promise,
      async stop() {
        said.push('stopped');
        ended.resolve();
      },
    };
  };
  const kept = keepRunning({
    start,
    sleep: (_delayMs, signal) =>
      new Promise((resolve) => {
        waits.push(resolve);
        signal.addEventListener('abort', () => resolve());
      }),
    onDown: (nextTryMs) => said.push(`down ${nextTryMs}`),
    onUp: () => said.push('up'),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    said,
    kept,
    async die() {
      alive.at(-1)?.die();
      await settle();
    },
    async timePasses() {
      waits.pop()?.();
      await settle();
    },
  };
}

it('starts a program again when it ends by itself, and begins with a short wait each time it was well', async () => {
  const { said, kept, die, timePasses } = programs();
  await kept.ready;
  await die();
  await timePasses();
  await die();
  await timePasses();
  expect(said).toEqual(['started', 'down 1000', 'started', 'up', 'down 1000', 'started', 'up']);
});

it('waits twice as long after each start in vain, half a minute at most', async () => {
  const { said, kept, die, timePasses } = programs(true, ...Array<boolean>(7).fill(false));
  await kept.ready;
  await die();
  for (let round = 0; round < 7; round += 1) await timePasses();
  const waits = said.filter((line) => line.startsWith('down'));
  expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => `down ${seconds}000`));
});

it('takes a refusal at the first start for an answer', async () => {
  const { said, kept } = programs(false);
  expect(await kept.ready).toEqual({ ready: false });
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toEqual(['started']);
});

it('starts nothing any more once it is told to stop', async () => {
  const { said, kept, timePasses } = programs();
  await kept.ready;
  await kept.stop(1);
  await timePasses();
  expect(said).toEqual(['started', 'stopped']);
});

it('starts a killed program a last time, to put away what it left', async () => {
  const { said, kept, die, timePasses } = programs();
  await kept.ready;
  await die();
  await kept.stop(1);
  await timePasses();
  expect(said).toEqual(['started', 'down 1000', 'started', 'stopped']);
});
