import { err } from '#contract/result/index.ts';
import type { CardReader, ReaderState } from '#native/cards/transport.ts';
import { createChanges } from './changes.ts';

/** A reader that can be exchanged for another one under the feet of whoever holds it. */
export type SwitchedReader = CardReader & { change(to: CardReader): Promise<void> };

/**
 * Stands for whichever reader is in use. Presence numbers go on growing across a change, so that a card
 * on the new reader is never taken for the one that was used on the old.
 */
export function createSwitchedReader(first: CardReader): SwitchedReader {
  const changes = createChanges();
  let current = first;
  let offset = 0;
  let stop = current.subscribe(changes.tell);
  const seen = (state: ReaderState): ReaderState => ({ ...state, presence: state.presence + offset });
  return {
    state: () => seen(current.state()),
    subscribe(listener) {
      return changes.subscribe(() => listener(seen(current.state())));
    },
    async waitForCard(wait) {
      const begun = current;
      const shift = offset;
      const changed = new AbortController();
      const stopWatching = changes.subscribe(() => current !== begun && changed.abort());
      const signal = wait.signal ? AbortSignal.any([wait.signal, changed.signal]) : changed.signal;
      const found = await begun.waitForCard({ ...wait, afterPresence: (wait.afterPresence ?? shift) - shift, signal });
      stopWatching();
      if (found.ok) return { ok: true, value: { presence: found.value.presence + shift } };
      if (changed.signal.aborted && !wait.signal?.aborted) {
        return err({ type: 'ReaderUnavailable', detail: 'reader changed' });
      }
      return found;
    },
    withCard: (use) => current.withCard(use),
    async change(to) {
      const before = current;
      stop();
      offset += before.state().presence + 1;
      current = to;
      stop = current.subscribe(changes.tell);
      changes.tell();
      await before.close();
    },
    async close() {
      stop();
      await current.close();
    },
  };
}
