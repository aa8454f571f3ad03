import type { Generated } from 'kysely';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';

/* Purse and credit of a card in a shop. */

/** `figure_minor`: what the purse holds, or what is owed. `held_minor`: promised to tills whose entries have still to come. */
export type CardAccountRows = {
  tenant_id: string;
  card_number: string;
  account: AccountName;
  figure_minor: Generated<number>;
  held_minor: Generated<number>;
  limit_minor: Generated<number>;
  /** The card that its figure, its holds and its limit went to. */
  replaced_by: Generated<string | null>;
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
  /** The card that bears it since the one it was asked for was replaced; null: that one. */
  moved_to: Generated<string | null>;
  /** Given back by a person, who said why; null: by proof. */
  released_at: Generated<Date | null>;
  released_by: Generated<string | null>;
  release_reason: Generated<string | null>;
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
  /** Where it came from or went to: a card was replaced. */
  other_card: Generated<string | null>;
  /** Null: the server made it. */
  terminal_id: string | null;
  epoch: number | null;
  seq: number | null;
  wall_time: Date;
  received_at: Date;
};
