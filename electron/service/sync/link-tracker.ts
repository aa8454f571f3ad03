import type { Link } from '#contract/till/state.ts';
import type { Clock } from '#contract/time/index.ts';
import { OfflineAllowance } from './offline-allowance.ts';
import type { SyncFailure, SyncSession } from './session.ts';
import type { SyncStore } from './store-port.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const keepEveryMs = 60_000;

/** What the screens say of the link, kept up to date by the engine. */
export class LinkTracker {
  readonly #clock: Clock;
  readonly #store: SyncStore;
  readonly #allowance: OfflineAllowance;
  readonly #listeners = new Set<() => void>();
  #state: Link['state'] = 'offline';
  #failure: SyncFailure | null = null;
  #offlineSinceMs: number | null;
  #callOffKeeping: () => void = () => {};

  constructor(clock: Clock, store: SyncStore) {
    this.#clock = clock;
    this.#store = store;
    this.#allowance = new OfflineAllowance(clock, store.contact());
    this.#offlineSinceMs = this.#lastContactMs();
  }

  /** From now on the time without a server is kept, every minute, for after a restart. */
  start(): void {
    this.#keepRegularly();
  }

  /** The server answered as it should. */
  contact(): void {
    const wasOffline = this.#offlineSinceMs !== null;
    this.#allowance.contact();
    this.#state = 'online';
    this.#offlineSinceMs = null;
    if (wasOffline) this.#keep();
    this.changed();
  }

  /** A round that went through, which is what ends an alarm. */
  succeeded(): void {
    this.#failure = null;
    this.contact();
  }

  failed(failure: SyncFailure): Verdict {
    const verdict = verdictOf(failure);
    // An alarm stands until a round goes through: being out of reach in between does not settle it.
    if (verdict.alarm || this.alarm() === null) this.#failure = failure;
    if (verdict.link === 'offline') this.#offlineSinceMs ??= this.#lastContactMs();
    else this.#offlineSinceMs = null;
    const standsBlocked = this.#state === 'quarantined' || this.#state === 'revoked';
    if (!(standsBlocked && verdict.link === 'offline')) this.#state = verdict.link;
    this.changed();
    return verdict;
  }

  alarm(): SyncFailure | null {
    return this.#failure !== null && verdictOf(this.#failure).alarm ? this.#failure : null;
  }

  conflicts(): number {
    return this.#failure !== null && verdictOf(this.#failure).conflict ? 1 : 0;
  }

  link(session: SyncSession | null, centralUrl: string | null): Link {
    const leftMs = this.offlineLeftMs(session);
    return {
      state: session === null ? 'not-enrolled' : this.#state,
      ...this.#store.outbox(),
      offlineSinceMs: session === null ? null : this.#offlineSinceMs,
      offlineUntilMs: leftMs === null ? null : Math.round(this.#clock.wallMs() + leftMs),
      centralUrl,
    };
  }

  /** How much longer this till may go on without the server; may be negative. Decide by this, never by a wall time. */
  offlineLeftMs(session: SyncSession | null): number | null {
    return session === null ? null : session.offlineAllowanceMs - this.#allowance.spentMs();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  stop(): void {
    this.#callOffKeeping();
    this.#keep();
  }

  #lastContactMs(): number {
    return Math.round(this.#clock.wallMs() - this.#allowance.spentMs());
  }

  #keepRegularly(): void {
    this.#callOffKeeping = this.#clock.after(keepEveryMs, () => {
      this.#keep();
      this.#keepRegularly();
    });
  }

  /** A disk that refuses shows elsewhere, at the next sale at the latest; the count goes on in memory. */
  #keep(): void {
    this.#store.keepContact(this.#allowance.record());
  }
}
