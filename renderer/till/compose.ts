import { createStore } from 'zustand/vanilla';
import { uuidV7 } from '#contract/ids/index.ts';
import { startLanguage } from '#renderer/ui/language.ts';
import { createSound } from '#renderer/ui/sound.ts';
import type { Counter } from './counter.ts';
import { createBrowserEntrance, hasLaunch } from './door/browser.ts';
import { openDoor } from './door/door.ts';
import { createPortEntrance } from './door/electron.ts';
import { createKeyboard } from './keyboard/keyboard.ts';
import { createSaleActions } from './sale/actions.ts';
import { newSale, type Sale } from './sale/sale.ts';
import { watchIdle } from './state/idle.ts';
import { createScreenStore } from './state/screen.ts';
import { createStaffActions } from './state/staff.ts';
import { createTillStore, followService } from './state/till.ts';
import { createPlaces } from './training/places.ts';

/** The one place where the till's screens meet the browser: time, randomness, memory, sound, network. */
export function composeCounter(page: Window & typeof globalThis): Counter {
  const now = () => Date.now();
  const random = () => Math.random();
  const after = (delayMs: number, task: () => void) => {
    const timer = page.setTimeout(task, delayMs);
    return () => page.clearTimeout(timer);
  };
  const newId = () => uuidV7(now(), page.crypto.getRandomValues(new Uint8Array(10)));
  startLanguage(page.localStorage, page.navigator.language);
  const enter = hasLaunch(page.location.hash)
    ? createBrowserEntrance({
        fetch: page.fetch.bind(page),
        openSocket: (url) => new WebSocket(url),
        location: page.location,
        history: page.history,
        after,
      })
    : createPortEntrance(page);
  const door = openDoor({ enter, now, random, after });
  const till = createTillStore();
  const screen = createScreenStore();
  const sale = createStore<Sale>(() => newSale);
  const places = createPlaces(door.store, {
    signOut: () => staff.lock(),
    moved() {
      till.setState({ state: null, names: [], staff: null, demo: null });
      screen.setState(screen.getInitialState(), true);
      sale.setState(newSale, true);
    },
  });
  const client = () => {
    const current = places.door.getState();
    return current.state === 'ready' ? current.client : null;
  };
  const sound = createSound(page.localStorage, () => new AudioContext());
  const keyboard = createKeyboard(page, after);
  const selling = createSaleActions({ client, newId, till, screen, sale, sound });
  const staff = createStaffActions({ client, newId, till, screen });
  followService(till, places.door, now);
  const idleSeconds = () => till.getState().state?.idleLockSeconds ?? null;
  const idle = watchIdle({
    target: page,
    after,
    idleMs: () => (idleSeconds() === null ? null : idleSeconds()! * 1000),
    lock: staff.lock,
  });
  till.subscribe((view, before) => {
    if (view.state?.idleLockSeconds !== before.state?.idleLockSeconds) idle.settingChanged();
  });
  door.store.subscribe((current) => {
    if (current.state !== 'ready') selling.lost();
  });
  return { door, client, keyboard, sound, now, after, newId, till, screen, sale, selling, staff, places };
}
