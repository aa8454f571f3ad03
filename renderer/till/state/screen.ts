import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TillError } from '#contract/till/errors.ts';
import type { PrintState } from '#contract/till/loyalty.ts';
import type { Lamp } from '#contract/till/state.ts';

export type Page =
  | 'sale'
  | 'spend'
  | 'cards'
  | 'card'
  | 'purse'
  | 'reverse'
  | 'close'
  | 'attendance'
  | 'journal'
  | 'doctor';

/** A ticket of a sale that is over: what became of it came after the next sale had begun. */
export type LatePrint = { sale: string; ticketNumber: string; print: PrintState; why: TillError | null };

/** What this page shows, apart from what the service says. */
export type ScreenState = {
  page: Page;
  /** The sign-in stands over the screen because someone asked to switch. */
  switching: boolean;
  /** The simulators' tray stands in the pad's place. */
  tray: boolean;
  /** The sale whose ticket it may cover: someone asked for it there. */
  trayOver: string | null;
  /** The offline detail stands in the pad's place. */
  offlineDetail: boolean;
  lamp: Lamp['part'] | null;
  latePrint: LatePrint | null;
  scan: string | null;
  /** The operation that someone asked to take back; null: the page asks which. */
  reversing: string | null;
};

export const createScreenStore = (): StoreApi<ScreenState> =>
  createStore<ScreenState>(() => ({
    page: 'sale',
    switching: false,
    tray: false,
    trayOver: null,
    offlineDetail: false,
    lamp: null,
    latePrint: null,
    scan: null,
    reversing: null,
  }));
