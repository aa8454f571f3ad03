import { createContext, useContext } from 'react';
import type { StoreApi } from 'zustand';
import type { Sound } from '#renderer/ui/sound.ts';
import type { TillClient } from './door/client.ts';
import type { DoorState } from './door/door.ts';
import type { Keyboard } from './keyboard/keyboard.ts';
import type { SaleActions } from './sale/actions.ts';
import type { Sale } from './sale/sale.ts';
import type { ScreenState } from './state/screen.ts';
import type { StaffActions } from './state/staff.ts';
import type { TillView } from './state/till.ts';
import type { Places } from './training/places.ts';

/** Everything the screens lean on, wired once in `compose.ts`. */
export type Counter = {
  door: { store: StoreApi<DoorState>; retryNow: () => void };
  /** The service, or null while the way to it is lost. */
  client: () => TillClient | null;
  keyboard: Keyboard;
  sound: Sound;
  now: () => number;
  after: (delayMs: number, task: () => void) => () => void;
  newId: () => string;
  till: StoreApi<TillView>;
  screen: StoreApi<ScreenState>;
  sale: StoreApi<Sale>;
  selling: SaleActions;
  staff: StaffActions;
  places: Places;
};

export const CounterContext = createContext<Counter | null>(null);

export function useCounter(): Counter {
  const counter = useContext(CounterContext);
  if (!counter) throw new Error('a till screen stands outside its counter');
  return counter;
}
