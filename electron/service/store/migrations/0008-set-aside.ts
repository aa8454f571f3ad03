import type { Migration } from './migration.ts';

/**
 * Entries written at places that the server had already taken from this terminal: by a store that was put back from an old copy,
 * unnoticed. They stay on record here, word for word, and their facts are stated again in a new epoch. An entry leaves the journal
 * by no other way than this one.
 */
export const setAside: Migration = {
  version: 8,
  sql: `
create table set_aside (
  position integer not null,
  hash text not null,
  signature text not null,
  entry text not null,
  at_ms integer not null,
  primary key (position, hash)
) strict;
create trigger set_aside_is_never_updated before update on set_aside
begin select raise(abort, 'an entry set aside is never changed'); end;
create trigger set_aside_is_never_deleted before delete on set_aside
begin select raise(abort, 'an entry set aside is never deleted'); end;
drop trigger journal_is_never_deleted;
create trigger journal_is_never_deleted before delete on journal
when not exists (
  select 1 from set_aside
  where position = old.position and hash = old.hash and signature = old.signature and entry = old.entry
)
begin select raise(abort, 'a journal entry is never deleted'); end;
`,
};
