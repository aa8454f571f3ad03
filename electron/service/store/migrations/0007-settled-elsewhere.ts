import type { Migration } from './migration.ts';

/** How another till found a write that is still open in this journal: it is not decided anew from a history that may have lost it. */
export const settledElsewhere: Migration = {
  version: 7,
  sql: `
alter table open_writes add column settled text check (settled in ('applied', 'not-applied', 'quarantined'));
`,
};
