import type { Migration } from './migration.ts';

/** Cards whose own key is that of an earlier PIN than the server's. */
export const keysBehind: Migration = {
  version: 10,
  sql: 'create table keys_behind (card_number text primary key) strict, without rowid;',
};
