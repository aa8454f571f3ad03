import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CentralClient } from './api.ts';

export type Session = Awaited<ReturnType<CentralClient['office']['signIn']>>;
export type SessionStore = StoreApi<{ session: Session | null; ended: boolean }>;

const memoryKey = 'comptoir.office';

const isSession = (value: unknown): value is Session =>
  typeof value === 'object' && value !== null && typeof (value as Session).token === 'string';

/** The session lives as long as the tab: a reload keeps it, closing the tab forgets it. */
export function createSessionStore(memory: Storage, nowMs: number): SessionStore {
  const kept: unknown = JSON.parse(memory.getItem(memoryKey) ?? 'null');
  const session = isSession(kept) && kept.expiresAtMs > nowMs ? kept : null;
  const store = createStore<{ session: Session | null; ended: boolean }>(() => ({ session, ended: false }));
  store.subscribe((state) => {
    if (state.session) memory.setItem(memoryKey, JSON.stringify(state.session));
    else memory.removeItem(memoryKey);
  });
  return store;
}
