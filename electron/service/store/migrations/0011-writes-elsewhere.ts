import type { Migration } from './migration.ts';

/** Writes of other shops that wait for cards known here; of what they are nothing. */
export const writesElsewhere: Migration = {
  version: 11,
  sql: `
create table writes_elsewhere (intention text primary key, card_number text not null) strict, without rowid;
create index writes_elsewhere_of_card on writes_elsewhere (card_number);
`,
};
