import type { ColumnType, Generated } from 'kysely';
import type { EntryKind } from '#contract/journal/kinds.ts';
import type { Programme } from '#contract/loyalty/programme.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { Role } from '#contract/till/state.ts';

type Json<T> = ColumnType<T, string, string>;

export type TerminalState = 'active' | 'quarantined' | 'revoked';
export type Trade = 'loyalty' | 'stamps' | 'vouchers';

export type Networks = { network_id: number; name: string; card_secret: Buffer };
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
export type Programmes = { tenant_id: string; programme_id: string; version: number; programme: Json<Programme> };
export type Staff = {
  tenant_id: string;
  code: string;
  name: string;
  role: Role;
  pin_hash: string;
  active: Generated<boolean>;
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
export type Cases = {
  tenant_id: string;
  case_key: string;
  kind: 'ChainForked' | 'IntentionReused';
  terminal_id: string;
  evidence: Json<unknown>;
  opened_at: Date;
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
  balance: number;
  card_outcome: string | null;
};

export type ServerKeys = { purpose: string; sealed: Buffer };

export type Tables = {
  networks: Networks;
  tenants: Tenants;
  programmes: Programmes;
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
  server_keys: ServerKeys;
};
