import { profile } from './append-profile.ts';
import { cardExchange } from './card-exchange.ts';
import { cardIssue } from './card-issue.ts';
import { centralIngest } from './central-ingest.ts';
import { drain } from './drain.ts';
import { exportYear } from './export-year.ts';
import { feedCards } from './feed-cards.ts';
import { issueTime } from './issue-time.ts';
import { journal } from './journal.ts';
import { operatorChange } from './operator-change.ts';
import type { Bench } from './row.ts';
import { ruleEngine } from './rule-engine.ts';
import { screensSize } from './screens-size.ts';
import { serviceFootprint } from './service-footprint.ts';
import { tapToResult } from './tap-to-result.ts';

/** Every figure, in the report's order. */
export const benches: readonly Bench[] = [
  cardExchange,
  tapToResult,
  operatorChange,
  cardIssue,
  issueTime,
  journal,
  profile,
  centralIngest,
  drain,
  feedCards,
  exportYear,
  ruleEngine,
  serviceFootprint,
  screensSize,
];
