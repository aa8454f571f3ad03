import type { Clock } from '#contract/time/index.ts';
import type { ContactRecord } from './store-port.ts';

/**
 * How long the server has been out of reach. Counted on the monotonic clock, so that turning the wall clock back buys no time
 * (invariant 23). Over a restart the wall clock is all there is: it is believed when it says that time passed, never when it says less.
 */
export class OfflineAllowance {
  readonly #clock: Clock;
  #spentMs: number;
  #sinceMonotonicMs: number;

  /** @param kept what {@link record} gave before the restart; null at the very first start */
  constructor(clock: Clock, kept: ContactRecord | null) {
    this.#clock = clock;
    this.#spentMs = kept === null ? 0 : kept.spentMs + Math.max(0, clock.wallMs() - kept.wallMs);
    this.#sinceMonotonicMs = clock.monotonicMs();
  }

  /** The server was heard just now. */
  contact(): void {
    this.#spentMs = 0;
    this.#sinceMonotonicMs = this.#clock.monotonicMs();
  }

  spentMs(): number {
    return this.#spentMs + (this.#clock.monotonicMs() - this.#sinceMonotonicMs);
  }

  record(): ContactRecord {
    return { spentMs: Math.round(this.spentMs()), wallMs: this.#clock.wallMs() };
  }
}
