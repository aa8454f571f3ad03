import { expect, it } from 'vitest';
import { barsOf, ticksOf } from './chart.ts';

it('shows a day without purchases as an empty bar', () => {
  const bars = barsOf([
    { day: '2026-11-23', amountMinor: 500, count: 1 },
    { day: '2026-11-21', amountMinor: 1300, count: 2 },
  ]);
  expect(bars.map(({ day, amountMinor, label, weekday }) => [day, amountMinor, label, weekday])).toEqual([
    ['2026-11-21', 1300, '21', 6],
    ['2026-11-22', 0, '22', 0],
    ['2026-11-23', 500, '23', 1],
  ]);
});

it('keeps the last days of a long period', () => {
  const bars = barsOf([
    { day: '2025-01-01', amountMinor: 1, count: 1 },
    { day: '2026-11-23', amountMinor: 1, count: 1 },
  ]);
  expect(bars).toHaveLength(62);
  expect(bars.at(-1)?.day).toBe('2026-11-23');
});

it('makes round ticks that hold the highest bar', () => {
  expect(ticksOf(1317)).toEqual([0, 400, 800, 1200, 1600]);
  expect(ticksOf(9)).toEqual([0, 4, 8, 12]);
  expect(ticksOf(0)).toEqual([0, 1]);
});
