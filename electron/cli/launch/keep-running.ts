import type { Child, ReadyLine } from './child.ts';

const firstDelayMs = 1_000;
const longestDelayMs = 30_000;

export type KeptRunning = {
  /** How the first start went. A refusal there is final: nothing is started again. */
  ready: Promise<ReadyLine>;
  /** Ends it and whatever it left behind, for good. */
  stop(withinMs: number): Promise<void>;
};

export type Keeping = {
  start: () => Child;
  /** Resolves early, and quietly, when the signal aborts. */
  sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
  onDown: (nextTryMs: number) => void;
  onUp: () => void;
};

/**
 * Keeps one of our programs running: when it ends by itself it is started again, after a wait that doubles with each try in vain,
 * from one second to half a minute.
 */
export function keepRunning({ start, sleep, onDown, onUp }: Keeping): KeptRunning {
  const ending = new AbortController();
  let child = start();
  let isUp = true;
  const first = child.ready;

  async function keep(): Promise<void> {
    if (!(await first).ready) return;
    for (let delayMs = firstDelayMs; ; ) {
      await child.exited;
      if (ending.signal.aborted) return;
      isUp = false;
      onDown(delayMs);
      await sleep(delayMs, ending.signal);
      if (ending.signal.aborted) return;
      child = start();
      isUp = true;
      const { ready } = await child.ready;
      if (ready) onUp();
      delayMs = ready ? firstDelayMs : Math.min(delayMs * 2, longestDelayMs);
    }
  }
  void keep();

  return {
    ready: first,
    async stop(withinMs) {
      ending.abort();
      // Killed, it could not put its database away: a last start does, and ends in good order.
      if (!isUp) {
        child = start();
        await child.ready;
      }
      await child.stop(withinMs);
    },
  };
}
