import type { Generated } from 'kysely';
import type { Programme } from '#contract/loyalty/programme.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { ExportFormat } from '#contract/reports/columns.ts';
import type { Json } from './json.ts';

/* Rules of a shop, the ledger of its cards, and their holders. */

export type Programmes = {
  tenant_id: string;
  programme_id: string;
  version: number;
  programme: Json<Programme>;
  /** Null: the version that the shop began with. */
  published_at: Date | null;
  published_by: string | null;
};

export type ProgrammeDrafts = {
  tenant_id: string;
  programme: Json<Programme>;
  based_on: number;
  saved_at: Date;
  saved_by: string;
};

export type LoyaltyTransactions = {
  tenant_id: string;
  terminal_id: string;
  epoch: number;
  seq: number;
  intention: string;
  kind: string;
  ticket_number: string;
  wall_time: Date;
  received_at: Date;
  card_number: string;
  staff: string | null;
  amount_minor: number;
  currency: CurrencyCode;
  points: number;
  /** Null: not known, as of a reversal, which the card has at its next tap. */
  balance: number | null;
  card_outcome: string | null;
};

export type CardLedgers = {
  tenant_id: string;
  card_number: string;
  balance: number;
  total_spend_minor: number;
  /** Of the newest record known to stand on the card. */
  counter: number;
  opening_counter: number | null;
  opening_balance: number;
  opening_spend_minor: number;
  replaced_by: string | null;
  updated_at: Date;
};

export type CardOperationKind = 'sale' | 'spend' | 'reversal' | 'moved-in' | 'moved-out' | 'issued';

export type CardOutcome = 'applied' | 'not-applied' | 'unknown' | 'quarantined';

export type CardOperations = {
  tenant_id: string;
  intention: string;
  card_number: string;
  kind: CardOperationKind;
  programme: string;
  points: number;
  spend_minor: number;
  amount_minor: number;
  currency: CurrencyCode | null;
  ticket_number: string | null;
  reward: Json<unknown> | null;
  reverses: string | null;
  other_card: string | null;
  terminal_id: string | null;
  epoch: number | null;
  seq: number | null;
  wall_time: Date;
  received_at: Date;
  outcome: CardOutcome | null;
  /** Where its record stands on the card, and the balance it holds there. Believed once `outcome` is applied. */
  card_counter: number | null;
  card_balance: number | null;
  /** What stands before it on the card is not known here, and the balance does not follow from what is. */
  unexplained: Generated<boolean>;
  /** The ledger fell below zero with this spending, and what was missing may still come. */
  overspent: Generated<boolean>;
};

export type OpenWrites = {
  tenant_id: string;
  intention: string;
  card_number: string;
  operation: 'earn' | 'spend' | 'adjust';
  points: number;
  spend_minor: number;
  card_counter: number;
  wall_ms: number;
  settled_at: Date | null;
};

export type Customers = {
  tenant_id: string;
  customer_id: string;
  card_number: string;
  person_key: Buffer | null;
  sealed: Buffer | null;
  birthday_bonus_year: number | null;
  updated_at: Date;
  erased_at: Date | null;
};

/** `entry`: a keyed hash of the beginning of a word of a name. */
export type CustomerNames = { tenant_id: string; entry: string; customer_id: string };

/** Somebody wants the personal data of all customers as a file; somebody else decides. */
export type CustomerFileRequests = {
  tenant_id: string;
  request_id: string;
  format: ExportFormat;
  people: number;
  asked_by: string;
  asked_at: Date;
  expires_at: Date;
  decided_by: Generated<string | null>;
  decided_at: Generated<Date | null>;
  approved: Generated<boolean | null>;
  taken_at: Generated<Date | null>;
};

/** A cardholder who has signed in with a card's number and PIN. */
export type CardSessions = { token_hash: string; network_id: number; card_number: string; expires_at: Date };

/** A ticket to be sent by e-mail. `next_at`: when it is due, or until when somebody is sending it. */
export type MailOutbox = {
  tenant_id: string;
  intention: string;
  queue: Generated<'mail'>;
  terminal_id: string;
  epoch: number;
  seq: number;
  state: Generated<'waiting' | 'sent' | 'given-up' | 'no-address'>;
  attempts: Generated<number>;
  next_at: Date;
  last_fault: Generated<string | null>;
  created_at: Date;
  ended_at: Generated<Date | null>;
};
