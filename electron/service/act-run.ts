import { ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';

/**
 * One act under way at the counter, or just ended: what has happened so far, for whoever asks with the same intention.
 * It goes on when its caller hangs up; a caller that comes back is told everything from the start.
 */
export class ActRun<Event> {
  readonly #givenUp = new AbortController();
  #waiting = false;
  readonly #events: Event[] = [];
  #end: Result<void, TillError> | null = null;
  #wakeUps: (() => void)[] = [];

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

  /** Gives the wait for a card up. False: it is not waiting (any more), and goes its way. */
  cancelWait(): boolean {
    if (this.#waiting) this.#givenUp.abort();
    return this.#waiting;
  }

  emit(event: Event): void {
    this.#events.push(event);
    this.#wake();
  }

  finish(end: Result<void, TillError>): void {
    this.#end = end;
    this.#wake();
  }

  /** All events from the first one on, to the end. Returns the refusal, if that is how it ended. */
  async *follow(signal?: AbortSignal): AsyncGenerator<Event, Result<void, TillError>> {
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
