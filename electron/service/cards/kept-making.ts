import { z } from 'zod';
import { RelayPurpose } from '#contract/central/till-cards.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { Settings } from '../store/index.ts';

const [issue, join] = RelayPurpose.options;

/** A card that the server is about to make through this till: all that its entry takes beside what the server tells at the end. */
const Making = z.strictObject({
  intention: z.string(),
  /** Of the chip, 14 hexadecimal digits. */
  uid: z.string(),
  purpose: z.union([issue, join]),
  how: z.enum(['issued', 'joined']),
  programme: z.string(),
  staff: z.string(),
  role: z.string(),
});
export type Making = z.infer<typeof Making>;

const place = 'card.making';

/**
 * The card in the making, kept durably from before its first command until its entry stands: one at a time, as there is one reader.
 * What the server has told of it since this service started is remembered, so that it is asked once.
 */
export class KeptMaking {
  readonly #settings: Settings;
  /** Chip of the card that joined this shop last, until the server was asked what other shops have still to write on it. */
  joined: string | null = null;
  #told = false;
  #relaying = false;
  #asking: Promise<unknown> = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get(): Making | null {
    const kept = Making.safeParse(this.#settings.get(place));
    return kept.success ? kept.data : null;
  }

  /** The one that nobody has asked the server about yet; null while it is under way. */
  get unasked(): Making | null {
    return this.#told || this.#relaying ? null : this.get();
  }

  /** Durable when it returns. Errors: DiskFull and the like. */
  keep(making: Making): Result<void, TillError> {
    const kept = this.#settings.set(place, making);
    if (!kept.ok) return err(storeRefusal(kept.error));
    this.#told = false;
    return ok(undefined);
  }

  /** The server has told that it is not done: there is nothing to write, until its card comes again. */
  leave(): void {
    this.#told = true;
  }

  /** A disk that refuses leaves it: found on record at the next start, it is closed there. */
  close(): void {
    this.#settings.remove(place);
  }

  /** A relay of this terminal ends any other, so no question is under way while a card is worked on. */
  async whileRelaying<T>(work: () => Promise<T>): Promise<T> {
    await this.#asking;
    this.#relaying = true;
    try {
      return await work();
    } finally {
      this.#relaying = false;
    }
  }

  /** One question at a time; a card that is laid down meanwhile waits for its answer. */
  asking<T>(ask: () => Promise<T>): Promise<T> {
    const asked = this.#asking.then(ask);
    this.#asking = asked.catch(() => undefined);
    return asked;
  }
}
