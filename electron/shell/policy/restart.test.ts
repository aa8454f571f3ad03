import { expect, it } from 'vitest';
import { type ServiceEnd, shouldRestart } from './restart.ts';

const end: ServiceEnd = { ranForMs: 100, failuresBefore: 0, refused: false, quitting: false };

it('waits longer at each failure in a row, half a minute at most, and never gives up', () => {
  const delays: number[] = [];
  let failuresBefore = 0;
  for (let time = 0; time < 50; time++) {
    const decision = shouldRestart({ ...end, failuresBefore });
    if (!decision.restart) throw new Error('it gave up');
    delays.push(decision.delayMs);
    failuresBefore = decision.failures;
  }
  expect(delays.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  expect(delays.at(-1)).toBe(30_000);
});

it('begins again from the shortest wait after a good run', () => {
  expect(shouldRestart({ ...end, failuresBefore: 9, ranForMs: 3_600_000 })).toEqual({
    restart: true,
    delayMs: 500,
    failures: 1,
  });
});

it.each([{ quitting: true }, { refused: true }])('stays down when %o', (why) => {
  expect(shouldRestart({ ...end, ...why })).toEqual({ restart: false });
});
