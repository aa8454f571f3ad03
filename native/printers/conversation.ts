import type { Clock } from '#contract/time/index.ts';
import { type PrinterAnswer, parseAnswers } from './answers.ts';
import { joined } from './bytes.ts';
import type { ByteLine } from './lines/line.ts';

/** The first answer that matches, or `lost` when the line went away first. */
export type Expectation = { readonly answer: Promise<PrinterAnswer | 'lost'>; forget(): void };

export type Conversation = {
  /** To be called before asking, so that no answer is missed. Answers that nobody expects are dropped. */
  expect(matches: (answer: PrinterAnswer) => boolean): Expectation;
  /** Resolves once nothing has been heard for `quietMs`. */
  quiet(quietMs: number): Promise<void>;
  /** Whether bytes came, since the last call, that are no status. */
  tookGarbage(): boolean;
  /** Called each time the line is lost. */
  onLost(listener: () => void): void;
  end(): void;
};

/** A printer that chatters without end is not waited for. */
const QUIET_ROUNDS_MAX = 20;

/** Resolves with what the promise gives, or with `late`. */
export function within<T>(clock: Pick<Clock, 'after'>, timeMs: number, promise: Promise<T>): Promise<T | 'late'> {
  return new Promise((resolve, reject) => {
    const callOff = clock.after(timeMs, () => resolve('late'));
    promise.then(resolve, reject).finally(callOff);
  });
}

type Waiting = { matches(answer: PrinterAnswer): boolean; resolve(answer: PrinterAnswer | 'lost'): void };

/** Listens to a printer's line and gives each answer to the first who expects it. */
export function createConversation(line: ByteLine, clock: Pick<Clock, 'after'>): Conversation {
  const waiting = new Set<Waiting>();
  let rest: Uint8Array = new Uint8Array();
  let heard = 0;
  let garbage = false;
  let whenLost = () => {};

  const deliver = (answer: PrinterAnswer) => {
    if (answer.kind === 'garbage') garbage = true;
    const first = [...waiting].find((one) => one.matches(answer));
    if (first === undefined) return;
    waiting.delete(first);
    first.resolve(answer);
  };
  const stopData = line.onData((bytes) => {
    heard += bytes.length;
    const parsed = parseAnswers(joined([rest, bytes]));
    rest = parsed.rest;
    parsed.answers.forEach(deliver);
  });
  const stopState = line.onState((state) => {
    if (state === 'open') return;
    rest = new Uint8Array();
    for (const one of waiting) one.resolve('lost');
    waiting.clear();
    whenLost();
  });

  return {
    expect(matches) {
      const { promise, resolve } = Promise.withResolvers<PrinterAnswer | 'lost'>();
      const one: Waiting = { matches, resolve };
      waiting.add(one);
      return { answer: promise, forget: () => void waiting.delete(one) };
    },
    async quiet(quietMs) {
      for (let round = 0; round < QUIET_ROUNDS_MAX; round++) {
        const before = heard;
        await new Promise<void>((resolve) => void clock.after(quietMs, resolve));
        if (heard === before) break;
      }
      rest = new Uint8Array();
    },
    tookGarbage() {
      const took = garbage;
      garbage = false;
      return took;
    },
    onLost(listener) {
      whenLost = listener;
    },
    end() {
      stopData();
      stopState();
    },
  };
}
