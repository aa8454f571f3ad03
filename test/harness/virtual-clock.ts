import type { Clock } from '#contract/time/index.ts';

interface Timer {
  dueMs: number;
  order: number;
  task: () => void;
}

/** Turns of the event loop after each timer: enough for every promise that hangs on it, also through a stream. */
const settleTurns = 12;

/** Time that passes only when a test says so. Timers run in their order; what they set off runs before the next one. */
export class VirtualClock implements Clock {
  readonly bootId: string;
  #monotonicMs = 0;
  #sleptMs = 0;
  #wallOffsetMs: number;
  #timers: Timer[] = [];
  #count = 0;

  constructor(wallMs = Date.UTC(2026, 10, 21, 9, 0, 0), bootId = '019f0000-0000-7000-8000-00000000b007') {
    this.#wallOffsetMs = wallMs;
    this.bootId = bootId;
  }

  wallMs(): number {
    return this.#wallOffsetMs + this.elapsedMs();
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  /** With the time that the machine slept. */
  elapsedMs(): number {
    return this.#monotonicMs + this.#sleptMs;
  }

  after(delayMs: number, task: () => void): () => void {
    this.#count += 1;
    const timer = { dueMs: this.#monotonicMs + Math.max(0, delayMs), order: this.#count, task };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Somebody sets the PC's clock. */
  shiftWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  /** The machine sleeps, as a laptop does on Linux: the monotonic clock stands still, and so does what waits for it. */
  sleep(forMs: number): void {
    this.#sleptMs += forMs;
  }

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets time pass, timer by timer. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#monotonicMs + byMs;
    await settle();
    for (;;) {
      const [next] = this.#timers.toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order);
      if (next === undefined || next.dueMs > untilMs) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#monotonicMs = Math.max(this.#monotonicMs, next.dueMs);
      next.task();
      await settle();
    }
    this.#monotonicMs = untilMs;
  }
}

/** Lets everything run that waits for no timer. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < settleTurns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
