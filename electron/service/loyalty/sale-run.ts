import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import type { Wish } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import type { Approval } from '../counter/approvals.ts';

/** What every order at the counter says, whatever it is. */
type Order = {
  intention: string;
  /** The cardholder's, as typed; never stored, never logged. */
  pin: string | null;
  useCardAsItLies: boolean;
  timeoutMs: number;
};

export type SaleOrder = Order & {
  operation: 'sale';
  amountMinor: number;
  /** Of the amount, what earns nothing. */
  excludedMinor: number;
  tender?: Tender;
  source: 'keyboard' | 'register' | 'command';
  receiptNumber: string | null;
};

export type SpendOrder = Order & {
  operation: 'spend';
  what: Wish;
  source: 'keyboard' | 'command';
  approvedBy: Approval;
};

export type CounterOrder = SaleOrder | SpendOrder;

/** The same intention with the same content. The PIN, like the wait, is not what was asked but how. */
export function isSameOrder(a: CounterOrder, b: CounterOrder): boolean {
  if (a.operation === 'sale') return b.operation === 'sale' && a.amountMinor === b.amountMinor;
  return b.operation === 'spend' && wishText(a.what) === wishText(b.what);
}

const wishText = (what: Wish): string => (what.kind === 'gift' ? `gift ${what.gift}` : `points ${what.points}`);

/**
 * One sale or spending under way, or just ended: what has happened so far, for whoever asks with the same intention.
 * The sale goes on when its caller hangs up; a caller that comes back is told everything from the start.
 */
export class SaleRun {
  readonly order: CounterOrder;
  readonly #givenUp = new AbortController();
  #waiting = false;
  readonly #events: SaleEvent[] = [];
  #end: Result<void, TillError> | null = null;
  #wakeUps: (() => void)[] = [];

  constructor(order: CounterOrder) {
    this.order = order;
  }

  get ended(): boolean {
    return this.#end !== null;
  }

  /** In a word, for the log: `done`, the refusal's type, or null while it lasts. */
  get outcome(): string | null {
    if (!this.#end) return null;
    return this.#end.ok ? 'done' : this.#end.error.type;
  }

  /** Ended by a refusal: nothing of it is durable. */
  get refused(): boolean {
    return this.#end?.ok === false;
  }

  /** Runs a wait that the person may give up. */
  async wait<T>(wait: (givenUp: AbortSignal) => Promise<T>): Promise<T> {
    this.#waiting = true;
    try {
      return await wait(this.#givenUp.signal);
    } finally {
      this.#waiting = false;
    }
  }

  /** Gives the wait for a card up. False: the sale is not waiting (any more), and goes its way. */
  cancelWait(): boolean {
    if (this.#waiting) this.#givenUp.abort();
    return this.#waiting;
  }

  emit(event: SaleEvent): void {
    this.#events.push(event);
    this.#wake();
  }

  finish(end: Result<void, TillError>): void {
    this.#end = end;
    this.#wake();
  }

  /** All events from the first one on, to the sale's end. Returns the refusal, if that is how it ended. */
  async *follow(signal?: AbortSignal): AsyncGenerator<SaleEvent, Result<void, TillError>> {
    for (let next = 0; !signal?.aborted; ) {
      const event = this.#events[next];
      if (event) {
        next += 1;
        yield event;
      } else if (this.#end) return this.#end;
      else await this.#change(signal);
    }
    return ok(undefined);
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#wakeUps.push(resolve);
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  #wake(): void {
    const wakeUps = this.#wakeUps;
    this.#wakeUps = [];
    for (const wakeUp of wakeUps) wakeUp();
  }
}

/** Sales kept in memory for repeats of their intention; older ones are answered from the journal. */
const keptRuns = 50;

/** The sales and spendings of this run of the service, by intention. At most one is under way: there is one card reader. */
export class SaleRuns {
  readonly #runs = new Map<string, SaleRun>();

  find(intention: string): SaleRun | undefined {
    return this.#runs.get(intention);
  }

  forget(intention: string): void {
    this.#runs.delete(intention);
  }

  /** Gives the wait for a card up. False: there is no such wait. */
  cancel(intention: string): boolean {
    return this.#runs.get(intention)?.cancelWait() ?? false;
  }

  /** Errors: SaleInProgress. */
  begin(order: CounterOrder): Result<SaleRun, TillError> {
    for (const run of this.#runs.values()) if (!run.ended) return err({ type: 'SaleInProgress' });
    const run = new SaleRun(order);
    this.#runs.set(order.intention, run);
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > keptRuns && oldest) this.#runs.delete(oldest);
    return ok(run);
  }
}
