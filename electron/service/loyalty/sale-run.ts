import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import type { Wish } from '#contract/loyalty/programme.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import { ActRun } from '../act-run.ts';
import type { Approval } from '../acting.ts';

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
  tender?: Tender | undefined;
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
  if (a.operation === 'sale') return b.operation === 'sale' && isSamePurchase(a, b);
  return b.operation === 'spend' && wishText(a.what) === wishText(b.what);
}

type Purchase = { amountMinor: number; excludedMinor?: number | undefined; tender?: Tender | undefined };

/** Absent members say the usual: nothing is excluded, and it was paid in cash. */
export const isSamePurchase = (a: Purchase, b: Purchase): boolean =>
  a.amountMinor === b.amountMinor &&
  (a.excludedMinor ?? 0) === (b.excludedMinor ?? 0) &&
  (a.tender ?? 'cash') === (b.tender ?? 'cash');

const wishText = (what: Wish): string => (what.kind === 'gift' ? `gift ${what.gift}` : `points ${what.points}`);

/** One sale or spending under way, or just ended. */
export class SaleRun extends ActRun<SaleEvent> {
  readonly order: CounterOrder;
  #leftOpen = false;

  constructor(order: CounterOrder) {
    super();
    this.order = order;
  }

  /** It told a result without knowing whether the card has it. */
  get leftOpen(): boolean {
    return this.#leftOpen;
  }

  override emit(event: SaleEvent): void {
    this.#leftOpen ||= event.stage === 'result' && event.result.card === 'unknown';
    super.emit(event);
  }
}

/** Sales kept in memory for repeats of their intention; older ones are answered from the journal. */
const keptRuns = 50;

/** The sales and spendings of this run of the service, by intention. At most one is under way: there is one card reader. */
export class SaleRuns {
  readonly #runs = new Map<string, SaleRun>();
  readonly #readerTaken: () => boolean;

  /** @param readerTaken is something else under way at the reader, a card being made for example? */
  constructor(readerTaken: () => boolean) {
    this.#readerTaken = readerTaken;
  }

  get underWay(): boolean {
    return [...this.#runs.values()].some(({ ended }) => !ended);
  }

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
    if (this.underWay || this.#readerTaken()) return err({ type: 'SaleInProgress' });
    const run = new SaleRun(order);
    this.#runs.set(order.intention, run);
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > keptRuns && oldest) this.#runs.delete(oldest);
    return ok(run);
  }
}
