import type { Migration } from './migration.ts';

/**
 * Each index that an append touches is one more page in its commit. One index now holds all sales with something open, and the kinds
 * that every sale writes have none: the last of them are found by reading back a few entries.
 */
export const fewerPages: Migration = {
  version: 3,
  sql: `
drop index sales_card_open;
drop index sales_print_open;
create index sales_open on sales (position)
  where print_outcome is null or card_outcome is null or card_outcome in ('unknown', 'quarantined');
drop index journal_kind;
create index journal_rare_kind on journal (kind)
  where kind not in ('loyalty.sale', 'card.outcome', 'ticket.outcome');
`,
};
