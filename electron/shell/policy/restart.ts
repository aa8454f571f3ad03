const firstDelayMs = 500;
const longestDelayMs = 30_000;
/** A service that ran this long was well: what ends it then is a new trouble. */
const stableAfterMs = 60_000;

export interface ServiceEnd {
  /** How long it ran. */
  ranForMs: number;
  /** How many times in a row it had ended soon after its start, before this one. */
  failuresBefore: number;
  /** It said that it cannot run until a person acts (data folder in use, database corrupt). */
  refused: boolean;
  /** The app is being closed. */
  quitting: boolean;
}

export type RestartDecision = { restart: false } | { restart: true; delayMs: number; failures: number };

/**
 * Whether and when the resident service starts again after it ended. A till has nobody to restart it, so it never gives
 * up by itself; the delay doubles to half a minute and no more.
 */
export function shouldRestart(end: ServiceEnd): RestartDecision {
  if (end.quitting || end.refused) return { restart: false };
  const failuresBefore = end.ranForMs >= stableAfterMs ? 0 : end.failuresBefore;
  // Doubling is stopped before the figure leaves the range in which it is exact.
  const delayMs = Math.min(firstDelayMs * 2 ** Math.min(failuresBefore, 16), longestDelayMs);
  return { restart: true, delayMs, failures: failuresBefore + 1 };
}
