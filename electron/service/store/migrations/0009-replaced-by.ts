import type { Migration } from './migration.ts';

/** Of a card that is out of use because another took its place: which. What this till itself replaced is in its journal. */
export const replacedBy: Migration = {
  version: 9,
  sql: `
alter table blocked_cards add column replaced_by text;
update blocked_cards set replaced_by = (
  select json_extract(entry, '$.body.toCard') from journal
  where kind = 'card.replaced' and json_extract(entry, '$.body.fromCard') = blocked_cards.card_number
  order by position limit 1
) where exists (select 1 from journal where kind = 'card.replaced');
`,
};
