import type { Migration } from './migration.ts';

/** A badge's hash lies beside the PIN's, sealed like it. The name a till was given before stays without one until the feed says. */
export const counter: Migration = {
  version: 5,
  sql: 'alter table staff add column sealed_badge_hash blob;',
};
