import { err, ok, type Result } from '#contract/result/index.ts';
import type { CardReader, CardTransport, ReaderState, TransportError, WaitError } from '#native/cards/transport.ts';
import { contactless } from './contactless.ts';
import type { VirtualDesfire } from './desfire/virtual-desfire.ts';

type Listener = (state: ReaderState) => void;
/** Runs a task once after a delay; the returned function calls it off. `Clock.after` fits. */
export type After = (delayMs: number, task: () => void) => () => void;

const removed: Result<never, TransportError> = err({ type: 'CardRemoved' });

/** A contactless reader with room for one virtual card. Answers Get UID itself, as PC/SC readers do. */
export class SimulatedReader implements CardReader {
  readonly #name: string;
  readonly #after: After;
  readonly #listeners = new Set<Listener>();
  #card: VirtualDesfire | null = null;
  #plugged = true;
  #presence = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: { after: After; name?: string }) {
    this.#after = options.after;
    this.#name = options.name ?? 'Comptoir simulated reader';
  }

  state(): ReaderState {
    const ready = this.#plugged;
    return {
      status: ready ? 'ready' : 'absent',
      name: ready ? this.#name : '',
      cardPresent: ready && this.#card !== null,
      presence: this.#presence,
      detail: '',
    };
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Lays a card down; one that lies there already is taken away first. */
  present(card: VirtualDesfire): void {
    if (this.#card) this.remove();
    this.#card = card;
    if (this.#plugged) this.#power(card);
  }

  remove(): void {
    if (!this.#card) return;
    this.#card.powerOff();
    this.#card = null;
    this.#announce();
  }

  /** Pulls the reader's cable; the card stays on it. */
  unplug(): void {
    if (!this.#plugged) return;
    this.#plugged = false;
    this.#card?.powerOff();
    this.#announce();
  }

  plug(): void {
    if (this.#plugged) return;
    this.#plugged = true;
    if (this.#card) this.#power(this.#card);
    else this.#announce();
  }

  /** The card that lies here, if any. */
  get card(): VirtualDesfire | null {
    return this.#card;
  }

  #power(card: VirtualDesfire): void {
    card.powerOn();
    this.#presence++;
    this.#announce();
  }

  #announce(): void {
    const state = this.state();
    for (const listener of [...this.#listeners]) listener(state);
  }

  waitForCard(wait: {
    timeoutMs: number;
    afterPresence?: number;
    signal?: AbortSignal;
  }): Promise<Result<{ presence: number }, WaitError>> {
    const { timeoutMs, afterPresence = -1, signal } = wait;
    return new Promise((resolve) => {
      const finish = (result: Result<{ presence: number }, WaitError>) => {
        callOff();
        leave();
        signal?.removeEventListener('abort', cancel);
        resolve(result);
      };
      const cancel = () => finish(err({ type: 'Cancelled' }));
      const look = () => {
        const { cardPresent, presence } = this.state();
        if (cardPresent && presence > afterPresence) finish(ok({ presence }));
      };
      let seenReady = this.#plugged;
      const leave = this.subscribe((state) => {
        seenReady ||= state.status === 'ready';
        look();
      });
      const callOff = this.#after(timeoutMs, () => {
        finish(
          err(seenReady ? { type: 'NoCardInTime', timeoutMs } : { type: 'ReaderUnavailable', detail: 'unplugged' }),
        );
      });
      signal?.addEventListener('abort', cancel, { once: true });
      if (signal?.aborted) cancel();
      else look();
    });
  }

  withCard<T>(use: (card: CardTransport) => Promise<T>): Promise<Result<T, TransportError>> {
    const turn = this.#queue.then(async (): Promise<Result<T, TransportError>> => {
      const card = this.#card;
      if (!this.#plugged) return err({ type: 'ReaderUnavailable', detail: 'unplugged' });
      if (!card) return removed;
      return ok(await use(this.#lend(card, this.#presence)));
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #lend(card: VirtualDesfire, presence: number): CardTransport {
    return {
      atr: card.atr,
      transmit: async (command) => {
        if (!this.#plugged) return err({ type: 'ReaderUnavailable', detail: 'unplugged' });
        // A card taken off and laid down again has lost its session: the borrower must not go on with it.
        if (this.#card !== card || this.#presence !== presence) return removed;
        const answer = contactless(card).process(command);
        if (answer) return ok(answer);
        this.remove();
        return removed;
      },
    };
  }

  async close(): Promise<void> {
    this.remove();
    this.#listeners.clear();
  }
}
