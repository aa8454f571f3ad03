import type { Generated } from 'kysely';
import type { Json } from './json.ts';

/* The network's cards as goods and as chips: lots, what is written on them, PINs. */

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
  /** The shop that blocked it; null: the network or its holder did, or it is not blocked. */
  blocked_by: Generated<string | null>;
  issued_at: Date | null;
};

/** What a shop says of a card for itself alone. */
export type ShopCards = {
  tenant_id: string;
  card_number: string;
  network_id: number;
  blocked: Generated<boolean>;
  block_reason: Generated<string | null>;
  replaced_by: Generated<string | null>;
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
  purpose: 'issue' | 'join' | 'set-pin' | 'unblock-pin' | 'follow-pin' | 'settle-elsewhere';
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
  /** The card's own key may be that of another PIN than the one here. */
  key_behind: Generated<boolean>;
};
