import type { Result } from '#contract/result/index.ts';

/** What can go wrong below the card's own answers. A lost card and a lost reader look alike to the card's driver. */
export type TransportError =
  | { type: 'CardRemoved' }
  | { type: 'ReaderUnavailable'; detail: string }
  | { type: 'CardServiceUnavailable'; detail: string };

/** A powered card, lent exclusively. One ISO 7816-4 APDU at a time. */
export interface CardTransport {
  readonly atr: Uint8Array;
  /** Sends one command APDU, returns data and the two status bytes. */
  transmit(command: Uint8Array): Promise<Result<Uint8Array, TransportError>>;
}

/**
 * What is known of the reader now.
 * `presence` grows by one each time a card is laid down, so that a card forgotten on the reader can be told from a new tap.
 */
export type ReaderState = {
  status: 'ready' | 'absent' | 'service-down';
  /** PC/SC name of the reader, empty while there is none. */
  name: string;
  cardPresent: boolean;
  presence: number;
  detail: string;
};

export type WaitError =
  | { type: 'NoCardInTime'; timeoutMs: number }
  | { type: 'Cancelled' }
  | Exclude<TransportError, { type: 'CardRemoved' }>;

/** A place a card can be laid on: a PC/SC reader, or a simulated one. Recovers by itself from unplugging and restarts. */
export interface CardReader {
  state(): ReaderState;
  /** Calls back at every change of state, until the returned function is called. */
  subscribe(listener: (state: ReaderState) => void): () => void;
  /**
   * Waits until a card is present whose presence number is greater than `afterPresence` (default: any card that lies there).
   * A reader that comes back during the wait is used; one that is absent for the whole wait answers ReaderUnavailable.
   */
  waitForCard(wait: {
    timeoutMs: number;
    afterPresence?: number;
    signal?: AbortSignal;
  }): Promise<Result<{ presence: number }, WaitError>>;
  /** Lends the card exclusively while `use` runs (one borrower at a time, others queue), then lets it go without resetting it for others. */
  withCard<T>(use: (card: CardTransport) => Promise<T>): Promise<Result<T, TransportError>>;
  close(): Promise<void>;
}
