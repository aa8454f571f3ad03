import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { ActRun } from '../act-run.ts';
import type { TapEvent, TapWait } from '../loyalty/tap.ts';

/** How the card is waited for. */
export type WorkOrder = { intention: string; useCardAsItLies: boolean; timeoutMs: number };

/** Work on one card, under way or just ended. */
export class WorkRun extends ActRun<CardWorkEvent> implements TapWait {
  readonly order: WorkOrder;
  /** What was asked, for a repeat of the intention: nothing secret. */
  readonly what: string;

  constructor(order: WorkOrder, what: string) {
    super();
    this.order = order;
    this.what = what;
  }

  override emit(event: CardWorkEvent | TapEvent): void {
    const { stage } = event;
    super.emit(stage === 'present-card-again' ? { stage, untilMs: event.untilMs } : event);
  }
}

/** Works kept in memory for repeats of their intention; older ones are answered from the journal. */
const keptRuns = 50;

type Work = {
  order: WorkOrder;
  what: string;
  /** From the journal: the work's end, when it stands there. IntentionReused where another act does. */
  recorded: () => Result<CardWorkEvent, TillError> | null;
  /** Does it, telling each step; the last event is the result. */
  work: (run: WorkRun) => Promise<Result<CardWorkEvent, TillError>>;
};

/** The work on cards of this run of the service, by intention. There is one card reader: one act at a time. */
export class CardWorks {
  readonly #runs = new Map<string, WorkRun>();
  readonly #readerTaken: () => boolean;
  readonly #onDefect: (defect: unknown) => void;

  /** @param readerTaken is something else under way at the reader, a sale for example? */
  constructor(readerTaken: () => boolean, onDefect: (defect: unknown) => void) {
    this.#readerTaken = readerTaken;
    this.#onDefect = onDefect;
  }

  get underWay(): boolean {
    return [...this.#runs.values()].some(({ ended }) => !ended);
  }

  /** Gives the wait for a card up. False: there is no such wait. */
  cancel(intention: string): boolean {
    return this.#runs.get(intention)?.cancelWait() ?? false;
  }

  /** The work of an intention, once: a repeat joins it or hears its end again. Errors: IntentionReused, SaleInProgress. */
  once({ order, what, recorded, work }: Work): Result<WorkRun, TillError> {
    const known = this.#runs.get(order.intention);
    if (known && known.what !== what) return err(tillError('IntentionReused'));
    if (known && !known.refused) return ok(known);
    // A refusal left nothing durable here: the person tries the same intention again.
    if (known) this.#runs.delete(order.intention);
    const run = new WorkRun(order, what);
    const standing = recorded();
    if (standing) {
      if (!standing.ok) return standing;
      run.emit(standing.value);
      run.finish(ok(undefined));
      return ok(run);
    }
    if (this.underWay || this.#readerTaken()) return err(tillError('SaleInProgress'));
    this.#keep(run);
    void this.#run(run, work);
    return ok(run);
  }

  async #run(run: WorkRun, work: Work['work']): Promise<void> {
    try {
      const done = await work(run);
      if (done.ok) run.emit(done.value);
      run.finish(done.ok ? ok(undefined) : done);
    } catch (defect) {
      this.#onDefect(defect);
      run.finish(err(tillError('ProgramFault', { what: 'defect' })));
    }
  }

  #keep(run: WorkRun): void {
    this.#runs.set(run.order.intention, run);
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > keptRuns && oldest) this.#runs.delete(oldest);
  }
}
