import { hash, verify } from '@node-rs/argon2';
import { z } from 'zod';
import { PIN_TRIES } from '#native/cards/layout.ts';
import type { TerminalKeys } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';

/** As OWASP's cheat sheet sets Argon2id: 19 MiB, 2 passes, 1 lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const setting = 'stand-in.pins';
const purpose = 'training.card-pin';

/** By card number, sealed. */
const Kept = z.record(z.string(), z.string());

export type PinAnswer = { pin: 'not-set' | 'passed' | 'required' | 'wrong' | 'blocked'; triesLeft: number | null };

/** Cardholders' PINs of a training till: hashed, sealed, and with as many tries as the card itself has. */
export class TrainingPins {
  readonly #store: Pick<Store, 'settings' | 'tries'>;
  readonly #keys: Pick<TerminalKeys, 'seal' | 'open'>;

  constructor(store: Pick<Store, 'settings' | 'tries'>, keys: Pick<TerminalKeys, 'seal' | 'open'>) {
    this.#store = store;
    this.#keys = keys;
  }

  /** The try is counted before the PIN is looked at. @param pin null: only how it stands */
  async check(cardNumber: string, pin: string | null): Promise<PinAnswer> {
    const sealed = this.#kept()[cardNumber];
    const opened = sealed === undefined ? null : this.#keys.open(sealed, purpose);
    if (!opened?.ok) return { pin: 'not-set', triesLeft: null };
    const { tries } = this.#store;
    const left = () => Math.max(0, PIN_TRIES - tries.get(counter(cardNumber)));
    if (left() === 0) return { pin: 'blocked', triesLeft: 0 };
    if (pin === null) return { pin: 'required', triesLeft: left() };
    tries.raise(counter(cardNumber));
    if (!(await verify(Buffer.from(opened.value).toString(), pin))) {
      return left() === 0 ? { pin: 'blocked', triesLeft: 0 } : { pin: 'wrong', triesLeft: left() };
    }
    tries.clear(counter(cardNumber));
    return { pin: 'passed', triesLeft: PIN_TRIES };
  }

  /** The card has taken this PIN; null: it has none any more. */
  async keep(cardNumber: string, pin: string | null): Promise<void> {
    const { [cardNumber]: _, ...others } = this.#kept();
    const own = pin === null ? {} : { [cardNumber]: this.#keys.seal(Buffer.from(await hash(pin, cost)), purpose) };
    this.#store.settings.set(setting, { ...others, ...own });
    this.unblock(cardNumber);
  }

  unblock(cardNumber: string): void {
    this.#store.tries.clear(counter(cardNumber));
  }

  #kept(): z.infer<typeof Kept> {
    const kept = Kept.safeParse(this.#store.settings.get(setting));
    return kept.success ? kept.data : {};
  }
}

/** Among the tries of the staff's PINs, whose codes have no colon. */
const counter = (cardNumber: string): string => `card:${cardNumber}`;
