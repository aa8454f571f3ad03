import { type CardRecord, intentionTagOf } from '#contract/loyalty/card-record.ts';

/** A sale whose write to the card nobody has vouched for yet. */
export type OpenIntent = {
  intention: string;
  cardCounter: number;
  points: number;
  amountMinor: number;
  wallMs: number;
};

export type Settlement =
  /** The record stands on the card: the write had gone through. */
  | { outcome: 'applied' }
  /** It does not, and the history shows that nothing could hide it: it is written again. */
  | { outcome: 'write-again' }
  /** The card has moved on further than its history shows: a case for a person. */
  | { outcome: 'quarantined' };

/**
 * What became of a torn write, from the card's visible history (DESIGN §6, invariant 18).
 * @param history newest first, at least the newest record; complete back to `history.at(-1).counter`
 */
export function settlementOf(intent: OpenIntent, history: readonly CardRecord[]): Settlement {
  const tag = intentionTagOf(intent.intention);
  // A tag is half an id: a script's time-based UUIDs (RFC 9562 §5.1) all share theirs. Ours stands where it was written, or above.
  const stands = (record: CardRecord) => record.intentionTag === tag && record.counter >= intent.cardCounter;
  if (history.some(stands)) return { outcome: 'applied' };
  const oldest = history.at(-1);
  // The write would have stood at this very counter, unless it was a second try, which stands above it.
  const reachesBack = oldest !== undefined && oldest.counter <= intent.cardCounter;
  return reachesBack ? { outcome: 'write-again' } : { outcome: 'quarantined' };
}

/** The newest record alone settles the usual case, in one exchange: the tear was the last thing that happened. */
export function newestSettles(intents: readonly OpenIntent[], newest: CardRecord): boolean {
  return intents.every((intent) => settlementOf(intent, [newest]).outcome !== 'quarantined');
}

/** The record that follows `previous` when a purchase earns points. */
export function earnRecord(
  previous: CardRecord,
  earning: { intention: string; points: number; amountMinor: number; wallMs: number },
): CardRecord {
  return {
    operation: 'earn',
    counter: previous.counter + 1,
    balancePoints: previous.balancePoints + earning.points,
    deltaPoints: earning.points,
    totalSpendMinor: previous.totalSpendMinor + earning.amountMinor,
    timeSeconds: Math.floor(earning.wallMs / 1000),
    cardData: previous.cardData,
    intentionTag: intentionTagOf(earning.intention),
  };
}
