import type { IdSource } from '#contract/ids/index.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Clock } from '#contract/time/index.ts';
import type { CardReader, CardTransport } from '#native/cards/transport.ts';
import type { Acting, Approve } from '../acting.ts';
import type { Log } from '../log.ts';
import type { PaperParts } from '../papers/parts.ts';
import type { FeedStore } from '../store/index.ts';
import type { CentralCards } from './central-cards.ts';
import type { LyingCard, ShopOnCard } from './open-card.ts';
import type { Taps } from './taps.ts';
import type { MarkTicket } from './ticket-marks.ts';

/** The shop and programme a till sells for. Known once the till is enrolled. */
export type ShopAtTill = {
  name: string;
  address: string;
  till: string;
  ticketPrefix: string;
  currency: CurrencyCode;
  ticketLanguage: Language;
  programme: Programme;
  onCard: ShopOnCard;
};

/**
 * The PIN that the server has just found to be the one of now (null: none is set), and that the card's own key is not made with.
 * `intention`: of the act that it was given for.
 */
export type PinToFollow = { intention: string; pin: string | null };

/** What the loyalty use cases are given. `compose.ts` makes it; nothing else does. */
export type LoyaltyParts = PaperParts & {
  feed: FeedStore;
  clock: Clock;
  /** The time that the programme's rules go by: the server's as this till knows it, and its own before anything is known. */
  rulesMs: () => number;
  ids: IdSource;
  randomBytes: (length: number) => Uint8Array;
  timeZone: string;
  /** Null until the till is enrolled and has its programme. */
  shop: () => ShopAtTill | null;
  cards: CardReader;
  /** Tells a tap from a card that was forgotten on the reader: that one is no new customer. */
  taps: Taps;
  log: Log;
  /** What every ticket bears: its QR, and FACTICE in training. */
  mark: MarkTicket;
  /** Can the server send tickets by e-mail? */
  ticketsByEmail: () => boolean;
  /** Who may do what alone, and who else may allow it. */
  approve: Approve;
  /** The server about cards. Null: there is no link now. */
  central: () => CentralCards | null;
  /** When the hot list was last brought up to date, wall time; null: never. */
  hotListAtMs: () => number | null;
  /** With a link, lets the server do over a card what it has still to do, before it is handed back. Null: this till cannot. */
  afterOperation: ((card: LyingCard, follow: PinToFollow | null) => Promise<void>) | null;
  /** Gives a card of the network that lies on the reader this shop's place, through the server. Null: this till cannot. */
  joinShop: ((transport: CardTransport, acting: Acting) => Promise<Result<void, TillError>>) | null;
};
