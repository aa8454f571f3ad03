import type { Clock } from '#contract/time/index.ts';

/** N5: what the till says of its own clock. Within the tolerance nobody needs to hear of it. */
export type ClockState =
  | { state: 'unknown' }
  | { state: 'in-sync'; offsetMs: number }
  | { state: 'slow'; byMs: number }
  | { state: 'fast'; byMs: number };

/** The server's time as this terminal knows it. */
export interface ServerClock {
  /** One reading of the server's clock, made between two moments of ours. `resolutionMs`: 1000 for a Date header, 1 for a body. */
  observe(reading: { serverMs: number; sentMs: number; receivedMs: number; resolutionMs: number }): void;
  /** What time has passed, by which such moments are told: it goes on while the machine sleeps. */
  elapsedMs(): number;
  /** The server's time now; this machine's own before anything is known. */
  nowMs(): number;
  /** Server minus this machine's wall clock, as both stand now; null before anything is known. */
  offsetMs(): number | null;
  state(): ClockState;
}

export const clockToleranceMs = 60_000;
/** How far two ordinary quartz clocks may part: 100 ms in 1000 s. */
const driftRatio = 1e-4;

/**
 * The server's clock is carried on by a clock that nobody can set and that a sleeping machine does not stop, so a change of the wall clock shows at once as an offset and changes
 * nothing in what we believe the server's time to be (invariant 23). A reading is taken halfway of its exchange; its doubt is half
 * the round trip and half the resolution. A new reading replaces the old one when it is more certain, or contradicts it.
 * @param elapsedMs where the monotonic clock stands still during sleep: one that does not
 */
export function createServerClock(
  clock: Pick<Clock, 'wallMs' | 'monotonicMs'>,
  elapsedMs: () => number = () => clock.monotonicMs(),
): ServerClock {
  let known: { serverMs: number; atMs: number; doubtMs: number } | null = null;
  const believedMs = (atMs: number) => known && known.serverMs + (atMs - known.atMs);
  const offsetMs = () => {
    const serverMs = believedMs(elapsedMs());
    return serverMs === null ? null : Math.round(serverMs - clock.wallMs());
  };
  return {
    observe({ serverMs, sentMs, receivedMs, resolutionMs }) {
      const doubtMs = (receivedMs - sentMs) / 2 + resolutionMs / 2;
      const readMs = serverMs + (receivedMs - sentMs) / 2 + (resolutionMs > 1 ? resolutionMs / 2 : 0);
      const before = believedMs(receivedMs);
      if (known !== null && before !== null) {
        const agedDoubtMs = known.doubtMs + (receivedMs - known.atMs) * driftRatio;
        const agree = Math.abs(readMs - before) <= agedDoubtMs + doubtMs;
        if (agree && doubtMs > agedDoubtMs) return;
      }
      known = { serverMs: readMs, atMs: receivedMs, doubtMs };
    },
    elapsedMs,
    nowMs: () => Math.round(believedMs(elapsedMs()) ?? clock.wallMs()),
    offsetMs,
    state() {
      const offset = offsetMs();
      if (offset === null) return { state: 'unknown' };
      if (Math.abs(offset) <= clockToleranceMs) return { state: 'in-sync', offsetMs: offset };
      return offset > 0 ? { state: 'slow', byMs: offset } : { state: 'fast', byMs: -offset };
    },
  };
}
