const firstMs = 250;
const longestMs = 8_000;

/**
 * How long to wait before the next try: doubling from 250 ms, at most 8 s, spread by a fifth so that several pages
 * do not come back at the same instant.
 * @param attempt tries that failed so far, from 1
 * @param random a number from 0 to 1
 */
export function backoffMs(attempt: number, random: number): number {
  const plain = Math.min(firstMs * 2 ** Math.min(attempt - 1, 16), longestMs);
  return Math.round(plain * (0.8 + 0.4 * random));
}
