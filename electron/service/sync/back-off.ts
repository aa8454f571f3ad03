import type { Verdict } from './verdict.ts';

/** Milliseconds. `idle`: between two looks at the feed while all is well. */
export const paces = {
  idle: { firstMs: 10_000, capMs: 10_000 },
  /** A refused connection costs the server nothing: look often enough that the strip empties by itself. */
  probe: { firstMs: 500, capMs: 4_000 },
  ill: { firstMs: 1_000, capMs: 30_000 },
  blocked: { firstMs: 300_000, capMs: 300_000 },
} as const;

/**
 * How long to wait: doubled with each failure in a row, capped, and between half and all of it at random, so that a
 * thousand tills do not come back in one instant.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function delayMs(pace: Verdict['pace'] | 'idle', failures: number, random: number): number {
  const { firstMs, capMs } = paces[pace];
  const whole = Math.min(capMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return Math.round(whole / 2 + (whole / 2) * random);
}
