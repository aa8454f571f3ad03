import type { Migration } from './migration.ts';

/**
 * N11 shows the tap-to-result time of the last sales, and the journal's page asks for some kinds alone: neither may read the whole journal.
 * An entry that somebody damaged does not stop the step: `verify` names it, before and after.
 */
export const tapToResult: Migration = {
  version: 2,
  sql: `
alter table sales add column tap_to_result_ms integer;
update sales set tap_to_result_ms = (
  select json_extract(outcome.entry, '$.body.tapToResultMs') from journal as outcome
  where outcome.intention = sales.intention and outcome.acts = 0 and outcome.kind = 'card.outcome' and json_valid(outcome.entry)
    and json_extract(outcome.entry, '$.body.tapToResultMs') is not null
  order by outcome.position desc limit 1
);
create index journal_kind on journal (kind);
`,
};
