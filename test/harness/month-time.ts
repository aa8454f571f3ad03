import type { ShiftableClock } from '#service/system-clock.ts';
import { settle } from './virtual-clock.ts';

type Timer = { dueMs: number; order: number; task: () => void; boot: string };

/** The time of a whole network: tills that are switched on and off, and their server, on one calendar. It passes when a test says so. */
export class MonthTime {
  #nowMs: number;
  #timers: Timer[] = [];
  #count = 0;

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Of a program that was just started: its monotonic clock begins at zero. */
  boot(bootId: string): ShiftableClock {
    const bornMs = this.#nowMs;
    return {
      bootId,
      wallMs: () => this.#nowMs,
      monotonicMs: () => this.#nowMs - bornMs,
      shift: () => undefined,
      after: (delayMs, task) => {
        this.#count += 1;
        const timer = { dueMs: this.#nowMs + Math.max(0, delayMs), order: this.#count, task, boot: bootId };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
    };
  }

  /** The calendar of `boot`, while what is waited for is waited for in earnest: of a server, whose database takes its own time. */
  besides(bootId: string): ShiftableClock {
    const after: ShiftableClock['after'] = (delayMs, task) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    };
    return { ...this.boot(bootId), after };
  }

  /** A program was killed: nothing that it waited for comes. */
  forget(bootId: string): void {
    this.#timers = this.#timers.filter(({ boot }) => boot !== bootId);
  }

  /** Hours pass at once, as for a PC that slept: what was due meanwhile comes now, each once, the earliest first. */
  async pass(byMs: number): Promise<void> {
    this.#nowMs += byMs;
    const due = this.#timers.filter(({ dueMs }) => dueMs <= this.#nowMs);
    for (const timer of due.toSorted((a, b) => a.dueMs - b.dueMs || a.order - b.order)) {
      if (!this.#timers.includes(timer)) continue;
      this.#timers = this.#timers.filter((other) => other !== timer);
      timer.task();
      await settle();
    }
  }
}
