import { createStore, type StoreApi } from 'zustand/vanilla';
import { backoffMs } from './backoff.ts';
import type { Enter } from './browser.ts';
import type { DoorClient, TillClient } from './client.ts';

/** What the screen says about the way to the service. `closed`: this page will not be let in again. */
export type DoorState =
  | { state: 'connecting' }
  | { state: 'ready'; client: DoorClient }
  | { state: 'lost'; retryAtMs: number | null }
  | { state: 'closed' };

/** The same to one till, whichever it is that the page stands at. */
export type TillDoor = Exclude<DoorState, { state: 'ready' }> | { state: 'ready'; client: TillClient };

export type Door = { store: StoreApi<DoorState>; retryNow: () => void };

type Parts = {
  enter: Enter;
  now: () => number;
  random: () => number;
  after: (delayMs: number, task: () => void) => () => void;
};

/** Keeps the page connected: tries again by itself with a bounded back-off, and says so. */
export function openDoor({ enter, now, random, after }: Parts): Door {
  const store = createStore<DoorState>(() => ({ state: 'connecting' }));
  let attempt = 0;
  let callOff = () => {};
  let trying = false;

  const later = () => {
    attempt += 1;
    const waitMs = backoffMs(attempt, random());
    store.setState({ state: 'lost', retryAtMs: now() + waitMs }, true);
    callOff = after(waitMs, () => void tryNow());
  };

  const tryNow = async () => {
    if (trying) return;
    trying = true;
    callOff();
    if (attempt > 0) store.setState({ state: 'lost', retryAtMs: null }, true);
    const result = await enter();
    trying = false;
    if (!result.ok) return result.why === 'refused' ? store.setState({ state: 'closed' }, true) : later();
    attempt = 0;
    result.entrance.onClosed(later);
    store.setState({ state: 'ready', client: result.entrance.client }, true);
  };

  void tryNow();
  return { store, retryNow: () => void tryNow() };
}
