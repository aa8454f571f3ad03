import { describe, expect, it } from 'vitest';
import { delayMs, paces } from './back-off.ts';

describe('back-off', () => {
  it('doubles, and stops at its cap', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7].map((failures) => delayMs('ill', failures, 1));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(delayMs('ill', 1_000_000, 1)).toBe(paces.ill.capMs);
  });

  it('spreads between half and all of it', () => {
    expect(delayMs('ill', 3, 0)).toBe(2_000);
    expect(delayMs('ill', 3, 0.5)).toBe(3_000);
  });

  it('looks for a lost server at least every four seconds, so that the strip empties by itself', () => {
    expect(delayMs('probe', 1_000_000, 1)).toBe(4_000);
  });
});
