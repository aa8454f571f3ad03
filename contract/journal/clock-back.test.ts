import { expect, it } from 'vitest';
import { clockWentBackMs } from './clock-back.ts';

const at = (time: string, monotonicMs: number, bootId = 'a') => ({
  wallTime: `2026-11-21T${time}.000Z`,
  monotonicMs,
  bootId,
  kind: 'loyalty.sale' as const,
});
const minuteMs = 60_000;

it('a clock that goes on has not gone back, however much later the next entry is', () => {
  expect(clockWentBackMs(at('08:00:00', 1), at('08:00:00', 1))).toBeNull();
  expect(clockWentBackMs(at('08:00:00', 1), at('20:00:00', 2))).toBeNull();
  expect(clockWentBackMs(at('08:00:00', 9e6), at('09:00:00', 1, 'b'))).toBeNull();
});

it('a clock that is set right by some minutes is no cause for a question', () => {
  expect(clockWentBackMs(at('08:10:00', 0), at('08:00:00', 1))).toBeNull();
  expect(clockWentBackMs(at('08:10:00', 0), at('08:00:00', 1, 'b'))).toBeNull();
});

it('within one boot the step is what the monotonic clock says has passed besides', () => {
  expect(clockWentBackMs(at('08:30:00', 0), at('08:00:00', 5 * minuteMs))).toBe(35 * minuteMs);
});

it('across boots it is the wall time alone, whatever the monotonic clocks show', () => {
  expect(clockWentBackMs(at('08:30:00', 9e9), at('08:00:00', 1, 'b'))).toBe(30 * minuteMs);
});

it('what follows an opening may be facts of before it; the opening itself may not be before them', () => {
  const opening = { ...at('12:00:00', 0, 'b'), kind: 'terminal.opened' as const };
  expect(clockWentBackMs(opening, at('08:00:00', 0))).toBeNull();
  expect(clockWentBackMs(at('13:00:00', 0), opening)).toBe(60 * minuteMs);
});
