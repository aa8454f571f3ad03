import type { Result } from '#contract/result/index.ts';
import type { DayClosed, DayRead } from '#contract/till/counter.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { Reprinted } from '../papers/print-copy.ts';
import { closeDay, readDay } from './close.ts';
import { type DayState, dayState, openDay } from './day.ts';
import { DayLedger } from './day-ledger.ts';
import { type DrawerAnswer, moveCash, openDrawer } from './drawer.ts';
import type { CounterParts } from './parts.ts';
import { reprintZ } from './reprint-z.ts';

type Asked<F extends (...given: never[]) => unknown> = Parameters<F> extends [...unknown[], infer Last] ? Last : never;

/** The counter's day as the doors call it. What writes goes one at a time, so that a double press hears one answer. */
export class CounterDay {
  readonly #parts: CounterParts;
  readonly #ledger: DayLedger;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: CounterParts) {
    this.#parts = parts;
    this.#ledger = new DayLedger(parts.reader, parts.timeZone);
  }

  state(): Promise<Result<DayState, TillError>> {
    return dayState(this.#parts, this.#ledger);
  }

  open(acting: Acting, asked: Asked<typeof openDay>) {
    return this.#inTurn(() => openDay(this.#parts, this.#ledger, acting, asked));
  }

  read(acting: Acting, asked: Asked<typeof readDay>): Promise<Result<DayRead, TillError>> {
    return this.#inTurn(() => readDay(this.#parts, this.#ledger, acting, asked));
  }

  close(acting: Acting, asked: Asked<typeof closeDay>): Promise<Result<DayClosed, TillError>> {
    return this.#inTurn(() => closeDay(this.#parts, this.#ledger, acting, asked));
  }

  reprint(acting: Acting, asked: Asked<typeof reprintZ>): Promise<Result<Reprinted, TillError>> {
    return this.#inTurn(() => reprintZ(this.#parts, acting, asked));
  }

  openDrawer(acting: Acting, asked: Asked<typeof openDrawer>): Promise<Result<DrawerAnswer, TillError>> {
    return this.#inTurn(() => openDrawer(this.#parts, acting, asked));
  }

  moveCash(acting: Acting, asked: Asked<typeof moveCash>): Promise<Result<DrawerAnswer, TillError>> {
    return this.#inTurn(() => moveCash(this.#parts, acting, asked));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}
