import type { Migration } from './migration.ts';

/**
 * `position` = epoch · 2^40 + seq: one integer key in the journal's own order, so that appending touches only the right edge of the tree.
 * The triggers guard invariant 11 against every statement, INSERT OR REPLACE included (which fires no DELETE trigger).
 */
export const journal: Migration = {
  version: 1,
  sql: `
create table journal (
  position integer primary key,
  epoch integer generated always as (position >> 40) virtual,
  seq integer generated always as (position & 1099511627775) virtual,
  intention text not null,
  kind text not null,
  acts integer not null check (acts in (0, 1)),
  hash text not null,
  signature text not null,
  entry text not null
) strict;
create unique index journal_acts on journal (intention) where acts = 1;
create index journal_outcomes on journal (intention) where acts = 0;

create trigger journal_is_append_only before insert on journal
when new.position <= (select coalesce(max(position), 0) from journal)
  or (new.acts = 1 and exists (select 1 from journal where intention = new.intention and acts = 1))
begin select raise(abort, 'the journal only grows at its end'); end;
create trigger journal_is_never_updated before update on journal
begin select raise(abort, 'a journal entry is never changed'); end;
create trigger journal_is_never_deleted before delete on journal
begin select raise(abort, 'a journal entry is never deleted'); end;

create table tallies (
  kind text primary key,
  entries integer not null,
  acknowledged integer not null check (acknowledged between 0 and entries)
) strict, without rowid;

create table cards (
  card_number text primary key,
  balance integer not null,
  total_spend_minor integer not null,
  counter integer not null,
  last_entry_ms integer not null
) strict, without rowid;

create table sales (
  position integer primary key,
  intention text not null,
  card_number text not null,
  ticket_number text not null,
  card_outcome text,
  print_outcome text,
  copies integer not null
) strict;
create index sales_ticket on sales (ticket_number);
create index sales_card_open on sales (card_number) where card_outcome is null or card_outcome in ('unknown', 'quarantined');
create index sales_print_open on sales (position) where print_outcome is null;

create table countersigned (
  epoch integer primary key,
  seq integer not null,
  hash text not null,
  terminal text not null,
  at_ms integer not null,
  signature text not null
) strict;
create trigger countersigned_never_goes_back before update on countersigned when new.seq < old.seq
begin select raise(abort, 'a countersigned head never goes back'); end;
create trigger countersigned_is_never_deleted before delete on countersigned
begin select raise(abort, 'a countersigned head is never deleted'); end;

create table settings (key text primary key, value text not null) strict, without rowid;
create table feed (id integer primary key check (id = 1), cursor integer not null) strict;
create table programmes (
  id text not null,
  version integer not null,
  cursor integer not null,
  programme text not null,
  primary key (id, version)
) strict, without rowid;
create table staff (
  code text primary key,
  name text not null,
  role text not null,
  active integer not null check (active in (0, 1)),
  sealed_pin_hash blob not null
) strict, without rowid;
create table blocked_cards (card_number text primary key) strict, without rowid;
create table pin_tries (code text primary key, tries integer not null check (tries > 0)) strict, without rowid;
create table starts (id integer primary key check (id = 1), count integer not null) strict;
`,
};
