import { err, ok } from '#contract/result/index.ts';
import type { ByteLine, LineState } from './line.ts';
import { createListeners, type Listeners } from './listeners.ts';

/** Two ends of a line inside one process: what one writes, the other hears, in a later turn of the loop. */
export type MemoryLine = {
  readonly ends: readonly [ByteLine, ByteLine];
  /** Pulls the plug: both ends become absent and what is under way is lost. */
  cut(): void;
  restore(): void;
};

export function createMemoryLine(): MemoryLine {
  let state: LineState = 'open';
  const states = createListeners<LineState>();
  const change = (to: LineState) => {
    if (state === to) return;
    state = to;
    states.tell(to);
  };
  const end = (heard: Listeners<Uint8Array>, far: Listeners<Uint8Array>): ByteLine => ({
    async write(bytes) {
      if (state === 'absent') return err({ type: 'LineAbsent', code: null });
      const copy = bytes.slice();
      queueMicrotask(() => state === 'open' && far.tell(copy));
      return ok(undefined);
    },
    onData: heard.add,
    state: () => state,
    fault: () => (state === 'open' ? null : { type: 'LineLost' }),
    onState: states.add,
    async renew() {
      change('absent');
      change('open');
    },
    close: async () => change('absent'),
  });
  const [left, right] = [createListeners<Uint8Array>(), createListeners<Uint8Array>()];
  return { ends: [end(left, right), end(right, left)], cut: () => change('absent'), restore: () => change('open') };
}
