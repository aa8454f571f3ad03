/**
 * Where time comes from. The wall clock is shown and recorded; it decides no order and grants no right.
 * `compose.ts` hands in the real one; tests and simulations hand in a virtual one.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch, as this machine believes. */
  wallMs(): number;
  /** Milliseconds that never go back, since this boot of the process. */
  monotonicMs(): number;
  /** Names the run in which `monotonicMs` is comparable. */
  readonly bootId: string;
  /** Runs `task` once after `delayMs`; the returned function calls it off. */
  after(delayMs: number, task: () => void): () => void;
}

/** Waits on the given clock. Resolves early, and quietly, when the signal aborts. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      signal?.removeEventListener('abort', done);
      callOff();
      resolve();
    };
    const callOff = clock.after(delayMs, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
