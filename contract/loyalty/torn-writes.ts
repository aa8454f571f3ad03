import { type CardOperation, type CardRecord, intentionTagOf } from './card-record.ts';

/** A write to a card that nobody has vouched for yet, of this till or another one. */
export type OpenIntent = {
  intention: string;
  operation: Exclude<CardOperation, 'issue'>;
  /** The change of the balance; negative for a debit. */
  points: number;
  /** The change of the total spend. */
  spendMinor: number;
  /** It cannot stand on the card below this counter. */
  cardCounter: number;
  wallMs: number;
};

export type Settlement =
  /** The record stands on the card: the write had gone through. */
  | { outcome: 'applied'; record: CardRecord }
  /** It does not, and the history shows that nothing could hide it: it is written again. */
  | { outcome: 'write-again' }
  /** The same of a debit, which nobody waits for any more: nothing was taken, the ledger gives the points back. */
  | { outcome: 'not-applied' }
  /** The card has moved on further than its history shows: a case for a person. */
  | { outcome: 'quarantined' };

/**
 * What became of an open write, from the card's visible history (DESIGN §6, invariant 18).
 * @param history newest first, at least the newest record; complete back to `history.at(-1).counter`
 * @param awaited the customer stands there and the screen waits for this very write: a debit is made again too
 */
export function settlementOf(intent: OpenIntent, history: readonly CardRecord[], awaited = false): Settlement {
  const tag = intentionTagOf(intent.intention);
  // A tag is half an id: a script's time-based UUIDs (RFC 9562 §5.1) all share theirs. Ours stands where it was written, or above.
  const record = history.find(({ intentionTag, counter }) => intentionTag === tag && counter >= intent.cardCounter);
  if (record) return { outcome: 'applied', record };
  const oldest = history.at(-1);
  // The write would have stood at this very counter, unless it was a second try, which stands above it.
  const reachesBack = oldest !== undefined && oldest.counter <= intent.cardCounter;
  if (!reachesBack) return { outcome: 'quarantined' };
  if (intent.operation !== 'spend') return { outcome: 'write-again' };
  const stillCovered = history[0]!.balancePoints + intent.points >= 0;
  return { outcome: awaited && stillCovered ? 'write-again' : 'not-applied' };
}

/** The newest record alone settles the usual case, in one exchange: the tear was the last thing that happened. */
export function newestSettles(intents: readonly OpenIntent[], newest: CardRecord): boolean {
  return intents.every((intent) => settlementOf(intent, [newest]).outcome !== 'quarantined');
}

/** The record that follows `previous` when a write is made. */
export function recordAfter(
  previous: CardRecord,
  write: Pick<OpenIntent, 'intention' | 'operation' | 'points' | 'spendMinor' | 'wallMs'>,
): CardRecord {
  return {
    operation: write.operation,
    counter: previous.counter + 1,
    balancePoints: previous.balancePoints + write.points,
    deltaPoints: write.points,
    // A card that took over from another one may have a total below what is taken back: shown, never reckoned with.
    totalSpendMinor: Math.max(0, previous.totalSpendMinor + write.spendMinor),
    // A clock that was reset takes no customer back to years ago: by this time points expire.
    timeSeconds: Math.max(previous.timeSeconds, Math.floor(write.wallMs / 1000)),
    cardData: previous.cardData,
    intentionTag: intentionTagOf(write.intention),
  };
}
