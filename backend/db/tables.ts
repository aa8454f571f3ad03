import type { ColumnType, Generated } from 'kysely';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { EntryBody, EntryKind } from '#contract/journal/kinds.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { Role } from '#contract/till/state.ts';

type Json<T> = ColumnType<T, string, string>;

export type TerminalState = 'active' | 'quarantined' | 'revoked';
export type Trade = 'loyalty' | 'stamps' | 'vouchers';

export type Networks = {
  network_id: number;
  name: string;
  card_secret: Buffer;
  /** May a factory-fresh card, whose keys are public, be prepared at a till? */
  may_prepare: Generated<boolean>;
};
export type Tenants = {
  tenant_id: string;
  network_id: number;
  number: number;
  name: string;
  address: string;
  currency: CurrencyCode;
  ticket_language: Language;
  time_zone: string;
  feed_cursor: Generated<number>;
};
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
export type ShopSettingsVersions = {
  tenant_id: string;
  version: number;
  settings: Json<ShopSettings>;
  changed_at: Date;
  changed_by: string;
};
export type Staff = {
  tenant_id: string;
  code: string;
  name: string;
  role: Role;
  pin_hash: string;
  active: Generated<boolean>;
  badge_hash: Generated<string | null>;
};
export type OfficeAccounts = { login: string; tenant_id: string; code: string; password_hash: string };
export type Sessions = { token_hash: string; tenant_id: string; code: string; expires_at: Date };
export type SignInThrottles = { bucket: string; attempts: number; window_ends_at: Date };

export type EnrolmentCodes = {
  code_hash: string;
  tenant_id: string;
  label: string;
  trades: Trade[];
  expires_at: Date;
  used_by: string | null;
};
/** What authenticates a terminal. Never changes once written. */
export type TerminalKeys = { terminal_id: string; tenant_id: string; public_key: string };
export type Terminals = {
  tenant_id: string;
  terminal_id: string;
  label: string;
  machine: string;
  ticket_prefix: string;
  trades: Trade[];
  state: Generated<TerminalState>;
  enrolled_at: Date;
  /** To the minute; and what it runs, as it says. */
  seen_at: Generated<Date | null>;
  program: Generated<string | null>;
  revoked_at: Generated<Date | null>;
  revoked_by: Generated<string | null>;
  revocation_epoch: Generated<number | null>;
  revocation_seq: Generated<number | null>;
  revocation_hash: Generated<Buffer | null>;
};
export type RequestNonces = { terminal_id: string; nonce: string; tenant_id: string; expires_at: Date };

export type JournalEntries = {
  tenant_id: string;
  terminal_id: string;
  epoch: number;
  seq: number;
  kind: EntryKind;
  intention: string;
  hash: Buffer;
  signature: Buffer;
  /** RFC 8785 text: exactly the bytes that were hashed and signed. */
  canonical: string;
  received_at: Date;
};
export type Acts = { tenant_id: string; intention: string; terminal_id: string; epoch: number; seq: number };
export type Heads = { tenant_id: string; terminal_id: string; epoch: number; seq: number; hash: Buffer };
export type HeadHistory = Heads & { signature: string | null; accepted_at: Date | null };
export type CaseKind =
  | 'ChainForked'
  | 'IntentionReused'
  | 'CardContradicted'
  | 'OverspentOffline'
  | 'CardQuarantined'
  | 'ReversedTwice';
export type Cases = {
  tenant_id: string;
  case_key: string;
  kind: CaseKind;
  terminal_id: string | null;
  card_number: string | null;
  evidence: Json<unknown>;
  opened_at: Date;
  settled_at: Date | null;
  settled_by: string | null;
  decision: string | null;
  note: string | null;
};
export type FeedItems = { tenant_id: string; item_key: string; cursor: number; item: Json<unknown> };

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

export type CardStatus = 'stock' | 'active' | 'blocked' | 'replaced';
export type Cards = {
  network_id: number;
  card_number: string;
  uid: Buffer | null;
  lot: number | null;
  /** The shop that issued it, or has it in stock. */
  tenant_id: string | null;
  status: Generated<CardStatus>;
  replaced_by: string | null;
  block_reason: string | null;
  issued_at: Date | null;
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
  name_index: string[];
  birthday_bonus_year: number | null;
  updated_at: Date;
  erased_at: Date | null;
};

export type LotKind = 'blank' | 'prepared' | 'pre-personalised';
/** A run of card numbers, by their eight data digits. */
export type CardLots = {
  network_id: number;
  lot: number;
  first_data: number;
  last_data: number;
  next_data: number;
  kind: LotKind;
  /** The shop that has ordered it, or has it in stock. */
  tenant_id: string | null;
  ordered_at: Date;
  ordered_by: string;
  made_at: Date | null;
  assigned_at: Date | null;
};
/** The first record of a card in a shop. */
export type CardOpenings = {
  tenant_id: string;
  card_number: string;
  intention: string;
  points: number;
  balance: number;
  rules_version: number;
  opened_at: Date;
  finished_at: Date | null;
};
export type RelayState = 'live' | 'done' | 'refused' | 'ended';
export type CardRelays = {
  tenant_id: string;
  relay_id: string;
  terminal_id: string;
  intention: string;
  uid: Buffer;
  purpose: 'issue' | 'join' | 'set-pin' | 'unblock-pin';
  sealed: Buffer | null;
  transcript: Generated<Buffer[]>;
  steps: Generated<number>;
  state: RelayState;
  outcome: Json<unknown> | null;
  created_at: Date;
  expires_at: Date;
};
export type CardPins = {
  tenant_id: string;
  card_number: string;
  pin_hash: string | null;
  tries: Generated<number>;
  /** Of these, those made from the cardholder's page. */
  tries_from_afar: Generated<number>;
  last_try: Buffer | null;
  last_outcome: 'pending' | 'passed' | 'wrong' | null;
  last_unblock: string | null;
  changed_at: Date;
};

export type ApiKeys = {
  token_hash: string;
  tenant_id: string;
  key_id: string;
  name: string;
  begins: string;
  made_by: string;
  made_at: Date;
  expires_at: Date;
  used_at: Generated<Date | null>;
  revoked_at: Generated<Date | null>;
  requests: Generated<number>;
  window_ends_at: Date;
};
export type ExportLinks = { token_hash: string; tenant_id: string; wanted: Json<unknown>; expires_at: Date };
/** A cardholder who has signed in with a card's number and PIN. */
export type CardSessions = { token_hash: string; network_id: number; card_number: string; expires_at: Date };

export type DayClosings = {
  tenant_id: string;
  terminal_id: string;
  epoch: number;
  seq: number;
  number: number;
  day: string;
  closed_at: Date;
  received_at: Date;
  staff: string | null;
  currency: CurrencyCode;
  body: Json<EntryBody<'day.closed'>>;
  /** The server has counted the same entries and come to the same. */
  agrees: boolean;
};

/** `figure_minor`: what the purse holds, or what is owed. `held_minor`: promised to tills whose entries have still to come. */
export type CardAccountRows = {
  tenant_id: string;
  card_number: string;
  account: AccountName;
  figure_minor: Generated<number>;
  held_minor: Generated<number>;
  limit_minor: Generated<number>;
  updated_at: Date;
};
export type AccountHolds = {
  tenant_id: string;
  intention: string;
  card_number: string;
  account: AccountName;
  amount_minor: number;
  terminal_id: string;
  state: 'held' | 'posted' | 'released';
  asked_epoch: number;
  asked_seq: number;
  asked_boot: string;
  asked_monotonic_ms: number;
  held_at: Date;
};
export type AccountPostings = {
  tenant_id: string;
  intention: string;
  card_number: string;
  account: AccountName;
  kind: string;
  change_minor: number;
  figure_minor: number;
  /** It was made under a hold, or needed none to be held. */
  held: boolean;
  terminal_id: string;
  epoch: number;
  seq: number;
  wall_time: Date;
  received_at: Date;
};

export type Attendance = {
  tenant_id: string;
  terminal_id: string;
  epoch: number;
  seq: number;
  staff: string;
  direction: 'in' | 'out';
  known_by: 'pin' | 'badge' | 'card';
  wall_time: Date;
  received_at: Date;
};

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

export type ServerKeys = { purpose: string; sealed: Buffer };

export type Tables = {
  networks: Networks;
  tenants: Tenants;
  programmes: Programmes;
  programme_drafts: ProgrammeDrafts;
  shop_settings: ShopSettingsVersions;
  staff: Staff;
  office_accounts: OfficeAccounts;
  sessions: Sessions;
  sign_in_throttles: SignInThrottles;
  enrolment_codes: EnrolmentCodes;
  terminal_keys: TerminalKeys;
  terminals: Terminals;
  request_nonces: RequestNonces;
  journal_entries: JournalEntries;
  acts: Acts;
  heads: Heads;
  head_history: HeadHistory;
  cases: Cases;
  feed_items: FeedItems;
  loyalty_transactions: LoyaltyTransactions;
  cards: Cards;
  card_ledger: CardLedgers;
  card_operations: CardOperations;
  open_writes: OpenWrites;
  customers: Customers;
  card_lots: CardLots;
  card_openings: CardOpenings;
  card_relays: CardRelays;
  card_pins: CardPins;
  api_keys: ApiKeys;
  export_links: ExportLinks;
  card_sessions: CardSessions;
  day_closings: DayClosings;
  attendance: Attendance;
  card_accounts: CardAccountRows;
  account_holds: AccountHolds;
  account_postings: AccountPostings;
  mail_outbox: MailOutbox;
  server_keys: ServerKeys;
};
