import type { SealedEntry } from '#contract/journal/entry.ts';
import type { Link } from '#contract/till/state.ts';
import { type Clock, sleep } from '#contract/time/index.ts';
import { delayMs, paces } from './back-off.ts';
import { LinkTracker } from './link-tracker.ts';
import { operationsIn } from './outbox.ts';
import { runRound } from './round.ts';
import type { SyncFailure, SyncSession } from './session.ts';
import type { SyncStore } from './store-port.ts';

/** How often the server is asked its time while all is well: quartz clocks part by a tenth of a second meanwhile. */
const askTimeEveryMs = 15 * 60_000;

export interface EngineOptions {
  clock: Clock;
  store: SyncStore;
  centralUrl: () => string | null;
  /** Read at each round: null until the terminal is enrolled. */
  session: () => SyncSession | null;
  /** From 0 to 1, for the jitter. */
  random: () => number;
  /** A defect in a round: logged there; the engine goes on after a pause, for the till must not stop syncing for good. */
  onDefect: (error: unknown) => void;
}

/** Keeps this terminal and the server the same, by itself. */
export class SyncEngine {
  readonly #options: EngineOptions;
  readonly #tracker: LinkTracker;
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #endWait = new AbortController();
  #reconcile = true;
  #first = true;
  #pull = true;
  #timeAskedAtMs = Number.NEGATIVE_INFINITY;
  #pulledAtMs = Number.NEGATIVE_INFINITY;
  #failuresInRow = 0;
  #woken = false;
  #pressed = false;
  #sent = 0;
  #rounds = 0;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#tracker = new LinkTracker(options.clock, options.store);
  }

  start(): void {
    if (this.#running !== null) return;
    this.#tracker.start();
    this.#running = this.#loop();
  }

  /** Ends what is under way and resolves when nothing more will happen. Nothing is lost: the outbox is the store's. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    this.#stopping.abort();
    this.#endWait.abort();
    if (this.#running === null) return;
    await this.#running;
    this.#tracker.stop();
  }

  /** An entry was appended: push it now. While the server is out of reach the back-off stands. */
  wake(): void {
    this.#woken = true;
    this.#tracker.changed();
    if (this.#failuresInRow === 0) this.#endWait.abort();
  }

  /** The link may be back, or a person asks: try now, whatever the back-off, and look for news too. */
  retryNow(): void {
    this.#woken = true;
    this.#pressed = true;
    this.#pull = true;
    this.#endWait.abort();
  }

  /** Tries now, and waits at most `waitMs` for the outbox to be empty. */
  async syncNow({ waitMs }: { waitMs: number }): Promise<{ sent: number; unsent: number; conflicts: number }> {
    const { clock, store } = this.#options;
    const sentBefore = this.#sent;
    const roundsBefore = this.#rounds;
    this.retryNow();
    const done = new AbortController();
    const look = () => {
      const looked = this.#rounds > roundsBefore;
      const settled = store.outbox().unsent === 0 || this.#tracker.conflicts() > 0 || this.#options.session() === null;
      if ((looked && settled) || this.#stopping.signal.aborted) done.abort();
    };
    const unsubscribe = this.#tracker.subscribe(look);
    await sleep(clock, waitMs, done.signal);
    unsubscribe();
    const { unsent } = store.outbox();
    return { sent: this.#sent - sentBefore, unsent, conflicts: this.#tracker.conflicts() };
  }

  state(): Link {
    return this.#tracker.link(this.#options.session(), this.#options.centralUrl());
  }

  /** What a person should be told, until a round goes through; null when all is well or merely out of reach. */
  alarm(): SyncFailure | null {
    return this.#tracker.alarm();
  }

  /** How much longer this till may work without the server, by the monotonic clock; null before enrolment. */
  offlineLeftMs(): number | null {
    return this.#tracker.offlineLeftMs(this.#options.session());
  }

  /** Calls back at each change of {@link state} or {@link alarm}. */
  subscribe(listener: () => void): () => void {
    return this.#tracker.subscribe(listener);
  }

  async #loop(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const waitMs = await this.#round();
      this.#rounds += 1;
      this.#tracker.changed();
      await this.#wait(waitMs);
    }
  }

  /** @returns how long to wait before the next round; null: until woken */
  async #round(): Promise<number | null> {
    this.#woken = false;
    this.#pressed = false;
    const session = this.#options.session();
    if (session === null) return null;
    try {
      const plan = {
        reconcile: this.#reconcile,
        first: this.#first,
        time: this.#timeIsDue(),
        pull: this.#pull || this.#feedIsDue(),
      };
      const onSent = (batch: readonly SealedEntry[]) => {
        this.#sent += operationsIn(batch);
        this.#tracker.contact();
      };
      const round = await runRound(session, plan, onSent, this.#stopping.signal);
      if (round.ok && plan.time) this.#timeAskedAtMs = this.#options.clock.monotonicMs();
      if (round.ok && plan.pull) this.#pulledAtMs = this.#options.clock.monotonicMs();
      if (round.ok) return this.#succeeded();
      if (this.#stopping.signal.aborted) return null;
      return this.#pause(this.#tracker.failed(round.error).pace);
    } catch (error) {
      this.#options.onDefect(error);
      return this.#pause('ill');
    }
  }

  #timeIsDue(): boolean {
    return this.#reconcile || this.#options.clock.monotonicMs() - this.#timeAskedAtMs >= askTimeEveryMs;
  }

  /** A counter that sells without a pause wakes every round early: what the server knows must come all the same. */
  #feedIsDue(): boolean {
    return this.#options.clock.monotonicMs() - this.#pulledAtMs >= paces.idle.capMs;
  }

  #succeeded(): number {
    this.#failuresInRow = 0;
    this.#reconcile = false;
    this.#first = false;
    // Asked for while this round was under way: the next one, which follows at once, still looks.
    this.#pull = this.#pressed;
    this.#tracker.succeeded();
    return delayMs('idle', 1, this.#options.random());
  }

  #pause(pace: 'probe' | 'ill' | 'blocked'): number {
    this.#failuresInRow += 1;
    this.#reconcile = true;
    this.#pull = true;
    return delayMs(pace, this.#failuresInRow, this.#options.random());
  }

  async #wait(waitMs: number | null): Promise<void> {
    this.#endWait = new AbortController();
    const { signal } = this.#endWait;
    const again = this.#pressed || (this.#woken && this.#failuresInRow === 0);
    if (again || this.#stopping.signal.aborted) return;
    if (waitMs === null) return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    await sleep(this.#options.clock, waitMs, signal);
    if (!signal.aborted) this.#pull = true;
  }
}
