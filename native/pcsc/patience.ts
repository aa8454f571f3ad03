import type { Clock } from '#contract/time/index.ts';

export type Timely<T> = { late: false; value: T } | { late: true };

/**
 * Waits for `call`, but no longer than `limitMs`. A native call cannot be called off, so after `{ late: true }` it still
 * runs: its owner must keep what it writes into, and tidy up when it ends.
 */
export function inTime<T>(clock: Clock, call: Promise<T>, limitMs: number): Promise<Timely<T>> {
  return new Promise((resolve, reject) => {
    let callOff = clock.after(limitMs, () => {
      callOff = onceHeard(clock, () => resolve({ late: true }));
    });
    call.then((value) => resolve({ late: false, value }), reject).finally(() => callOff());
  });
}

/**
 * One more turn of the loop before anything is called late. A process that stood still (a disk that took its time, a PC that
 * slept) finds its timers due first and the answers, which were there long before, only then.
 */
const onceHeard = (clock: Clock, task: () => void): (() => void) => clock.after(0, task);

export interface Patience {
  /** `inTime` with the common limit. One call at a time. */
  await<T>(call: Promise<T>): Promise<Timely<T>>;
  end(): void;
}

/**
 * `inTime` for many short calls in a row: one timer looks after all of them, since setting and clearing one for each
 * exchange costs some 5 % of it.
 */
export function createPatience(clock: Clock, limitMs: number): Patience {
  let giveUp: (() => void) | undefined;
  let startedMs = 0;
  let callOff: (() => void) | undefined;
  const check = () => {
    const leftMs = startedMs + limitMs - clock.monotonicMs();
    callOff = undefined;
    if (giveUp && leftMs > 0) callOff = clock.after(leftMs, check);
    else if (giveUp) callOff = onceHeard(clock, isLate);
  };
  const isLate = () => {
    callOff = undefined;
    // The answer was there, and another call may be under way by now.
    if (giveUp && startedMs + limitMs - clock.monotonicMs() > 0) check();
    else giveUp?.();
  };
  return {
    await(call) {
      return new Promise((resolve, reject) => {
        startedMs = clock.monotonicMs();
        giveUp = () => resolve({ late: true });
        callOff ??= clock.after(limitMs, check);
        call.then((value) => {
          giveUp = undefined;
          resolve({ late: false, value });
        }, reject);
      });
    },
    end: () => callOff?.(),
  };
}
