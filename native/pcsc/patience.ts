import type { Clock } from '#contract/time/index.ts';

/**
 * Waits for `call`, but no longer than `limitMs`. A native call cannot be called off, so after `{ late: true }` it still
 * runs: its owner must keep what it writes into, and tidy up when it ends.
 */
export function inTime<T>(
  clock: Clock,
  call: Promise<T>,
  limitMs: number,
): Promise<{ late: false; value: T } | { late: true }> {
  return new Promise((resolve, reject) => {
    const callOff = clock.after(limitMs, () => resolve({ late: true }));
    call.then((value) => resolve({ late: false, value }), reject).finally(callOff);
  });
}
