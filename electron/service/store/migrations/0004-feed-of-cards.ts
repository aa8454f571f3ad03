import type { Migration } from './migration.ts';

/** What the feed says of cards: writes that have still to reach them, and what a till needs to know of their holders. */
export const feedOfCards: Migration = {
  version: 4,
  sql: `
create table open_writes (intention text primary key, card_number text not null, write text not null) strict, without rowid;
create index open_writes_of_card on open_writes (card_number);
create table members (card_number text primary key, member text not null) strict, without rowid;
`,
};
