import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('doubles from a quarter of a second and never passes its bound', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 60].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
    250, 500, 1000, 2000, 4000, 8000, 8000, 8000,
  ]);
});

it('spreads by a fifth to either side', () => {
  expect(backoffMs(4, 0)).toBe(1600);
  expect(backoffMs(4, 1)).toBe(2400);
});
