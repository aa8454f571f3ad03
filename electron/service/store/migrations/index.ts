import { journal } from './0001-journal.ts';
import { tapToResult } from './0002-tap-to-result.ts';
import { fewerPages } from './0003-fewer-pages.ts';
import { feedOfCards } from './0004-feed-of-cards.ts';
import { counter } from './0005-counter.ts';
import { operations } from './0006-operations.ts';
import { settledElsewhere } from './0007-settled-elsewhere.ts';
import { setAside } from './0008-set-aside.ts';
import { replacedBy } from './0009-replaced-by.ts';
import { keysBehind } from './0010-keys-behind.ts';
import { writesElsewhere } from './0011-writes-elsewhere.ts';
import type { Migration } from './migration.ts';

/** All steps, in order; the last one's version is what this program reads and writes. */
export const migrations: readonly Migration[] = [
  journal,
  tapToResult,
  fewerPages,
  feedOfCards,
  counter,
  operations,
  settledElsewhere,
  setAside,
  replacedBy,
  keysBehind,
  writesElsewhere,
];
