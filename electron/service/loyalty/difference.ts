import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { intentionTagOf } from '#contract/loyalty/card-record.ts';
import type { CardLedger, CardView } from '#contract/till/loyalty.ts';
import type { JournalReader } from '../store/index.ts';

/** The clock is read once for the record and once for the entry; both are cut to seconds. */
const sameMomentMs = 2_000;

/**
 * Why card and ledger differ: what of the visible history the ledger has not heard of, and from whom it has still to come.
 * @param history what the card shows, newest first
 * @param unsentTags the intention tags of this till's operations that the server has not acknowledged
 */
export function differenceOf(
  ledger: CardLedger,
  history: readonly CardRecord[],
  unsentTags: ReadonlySet<string>,
): NonNullable<CardView['difference']> {
  const onCard = history[0]?.balancePoints ?? 0;
  if (ledger.balance === null || onCard === ledger.balance) return 'none';
  const expected = ledger.balance - ledger.pendingPoints;
  if (onCard === expected) return 'pending';
  const missing = unheardOf(ledger, history);
  const explained = missing.reduce((sum, { deltaPoints }) => sum + deltaPoints, 0);
  const isExplained = onCard - expected === explained || onCard - ledger.balance === explained;
  // When not one visible record is known, there may be more behind them.
  const mayBeHidden = missing.length > 0 && missing.length === history.length;
  if (!isExplained && !mayBeHidden) return 'contradiction';
  return missing.every(({ intentionTag }) => unsentTags.has(intentionTag)) ? 'unsent' : 'elsewhere';
}

/** Records of the card that no operation of the ledger accounts for, each operation accounting for one. */
function unheardOf({ history: known }: CardLedger, history: readonly CardRecord[]): CardRecord[] {
  const left = [...known];
  return history.filter((record) => {
    if (record.operation === 'issue') return false;
    const atMs = record.timeSeconds * 1000;
    const match = left.findIndex(
      (one) => one.points === record.deltaPoints && Math.abs(one.atMs - atMs) <= sameMomentMs,
    );
    if (match >= 0) left.splice(match, 1);
    return match < 0;
  });
}

/** Of at most so many unsent entries: more than that is a till that has been alone for days, and says so elsewhere. */
const unsentLookedAt = 1_000;

export function unsentTags(reader: JournalReader): Set<string> {
  const unsent = reader.entriesAfter(reader.acknowledged()?.head ?? null, unsentLookedAt);
  return new Set(unsent.map(({ entry }) => intentionTagOf(entry.intention)));
}
