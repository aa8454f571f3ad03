import type { CardOperationKind, CardOutcome } from '#backend/db/tables.ts';

/** What is known of a card write: null until anything is. */
export type Known = CardOutcome | null;

/** The one with the higher rank stands, whichever was heard first: a record seen on the card outweighs one not found there. */
const rank: Readonly<Record<CardOutcome, number>> = { unknown: 1, 'not-applied': 2, quarantined: 3, applied: 4 };
const rankOf = (outcome: Known): number => (outcome === null ? 0 : rank[outcome]);

/** What two tills said of one write, joined: the same in any order, and once as often as it comes (invariant 16). */
export const joined = (one: Known, other: Known): Known => (rankOf(one) >= rankOf(other) ? one : other);

/** Does it move the ledger? All do, but a spending that did not reach the card is no spending (DESIGN, section 6). */
export const counts = (kind: CardOperationKind, outcome: Known): boolean =>
  !(kind === 'spend' && outcome === 'not-applied');

/**
 * Whether a write is still to reach its card. `none`: nothing is to be written, or its own till is still about it.
 * A credit that is not on the card is written again; a debit is not.
 */
export function writeState(kind: CardOperationKind, outcome: Known): 'none' | 'open' | 'settled' {
  if (kind === 'issued' || kind === 'moved-out') return 'none';
  if (outcome === 'applied' || outcome === 'quarantined') return 'settled';
  if (outcome === 'not-applied') return kind === 'spend' ? 'settled' : 'open';
  const madeAtTheCard = kind === 'sale' || kind === 'spend';
  return madeAtTheCard && outcome === null ? 'none' : 'open';
}
