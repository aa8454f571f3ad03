import { setTimeout as pause } from 'node:timers/promises';
import type { TillState } from '#contract/till/state.ts';
import type { Service } from '../service.ts';

/** Changes that come in a burst are told together. */
const gatherMs = 30;

/** The whole state now, then again after each change, until the caller hangs up. */
export async function* watchState(service: Service, signal: AbortSignal | undefined): AsyncGenerator<TillState> {
  let changed = true;
  let wake = () => {};
  const tell = () => {
    changed = true;
    wake();
  };
  const unsubscribe = service.subscribe(tell);
  signal?.addEventListener('abort', tell, { once: true });
  try {
    while (!signal?.aborted) {
      if (!changed) await new Promise<void>((resolve) => (wake = resolve));
      await pause(gatherMs);
      changed = false;
      if (!signal?.aborted) yield service.state();
    }
  } finally {
    unsubscribe();
  }
}
