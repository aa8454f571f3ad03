import type { Migration } from './migration.ts';

/**
 * What was a table of sales holds spendings, reversals and moved balances too: all that has a write to a card to follow.
 * As many pages in an append as before: the indexes are the same two. A damaged entry does not stop the step; it counts as none here.
 */
export const operations: Migration = {
  version: 6,
  sql: `
create table operations (
  position integer primary key,
  intention text not null,
  kind text not null,
  card_number text not null,
  ticket_number text,
  points integer not null,
  card_counter integer not null,
  card_outcome text,
  print_outcome text,
  copies integer not null,
  tap_to_result_ms integer,
  reversed_minor integer not null,
  reversed_points integer not null
) strict;
insert into operations
  select sales.position, sales.intention, 'loyalty.sale', card_number, ticket_number,
    coalesce(iif(json_valid(entry), json_extract(entry, '$.body.points'), 0), 0),
    coalesce(iif(json_valid(entry), json_extract(entry, '$.body.cardCounter'), 0), 0),
    card_outcome, print_outcome, copies, tap_to_result_ms, 0, 0
  from sales join journal using (position);
drop table sales;
create index operations_ticket on operations (ticket_number);
create index operations_open on operations (position)
  where (print_outcome is null and ticket_number is not null)
    or card_outcome is null or card_outcome in ('unknown', 'quarantined');
`,
};
