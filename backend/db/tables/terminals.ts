import type { Generated } from 'kysely';
import type { EntryBody, EntryKind } from '#contract/journal/kinds.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { Json } from './json.ts';

/* Tills: what they are, what they have sent, and what is made of it whatever the trade. */

export type TerminalState = 'active' | 'quarantined' | 'revoked';

export type Trade = 'loyalty' | 'stamps' | 'vouchers';

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
  | 'ReversedTwice'
  | 'PostedAfterRelease'
  | 'BonusTwice'
  | 'ClockWentBack'
  | AskedKind
  | 'NumberClaimed';

/** What a shop asks of the network: a yes carries it out. */
export type AskedKind = 'ReplaceAsked' | 'BlockAsked' | 'UnblockAsked';

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
  /** A case of the whole network: its administrators see it too. */
  network_id: Generated<number | null>;
  /** The shop that said what the network is to decide. */
  asked_by: Generated<string | null>;
};

export type FeedItems = { tenant_id: string; item_key: string; cursor: number; item: Json<unknown> };

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
