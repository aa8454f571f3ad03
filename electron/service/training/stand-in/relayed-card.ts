import { ok } from '#contract/result/index.ts';
import type { CardTransport } from '#native/cards/transport.ts';

/** What work on a relayed card has come to: a command that the card is to answer, or its end. */
export type Relayed<T> = { next: Uint8Array } | { end: T };

/** Card work whose card lies elsewhere: each command leaves with one step of a relay, and its answer comes with the next. */
export class RelayedCard<T> {
  readonly #end: Promise<Relayed<T>>;
  #asked = Promise.withResolvers<Relayed<T>>();
  #give: ((answer: Uint8Array) => void) | null = null;

  constructor(work: (card: CardTransport) => Promise<T>) {
    const transmit: CardTransport['transmit'] = (command) =>
      new Promise((resolve) => {
        this.#give = (answer) => resolve(ok(answer));
        this.#asked.resolve({ next: command });
      });
    this.#end = work({ atr: new Uint8Array(0), transmit }).then((end) => ({ end }));
  }

  /** Up to the first command. */
  begun(): Promise<Relayed<T>> {
    return Promise.race([this.#asked.promise, this.#end]);
  }

  /** On from the answer to the last command. @throws when no command waits for one */
  answered(answer: Uint8Array): Promise<Relayed<T>> {
    const give = this.#give;
    if (!give) throw new Error('an answer that no command waits for');
    this.#give = null;
    this.#asked = Promise.withResolvers();
    give(answer);
    return this.begun();
  }
}
