import type { TillError } from '#contract/till/errors.ts';
import type { FoundOperation, ReversalResult } from '#contract/till/loyalty.ts';

export const reasons = ['returned', 'mistake', 'other'] as const;
export type Reason = (typeof reasons)[number];

/** Where a reversal stands on the screen. Its intention is made once, with what was asked, and kept for a repeat. */
export type Reversing =
  | { stage: 'which'; typed: string; error: TillError | null }
  | { stage: 'finding'; typed: string }
  | { stage: 'found'; operation: FoundOperation; digits: string; reason: Reason | null }
  | { stage: 'approving'; operation: FoundOperation; order: Order; error: TillError }
  | { stage: 'working'; operation: FoundOperation; order: Order }
  | { stage: 'refused'; operation: FoundOperation; order: Order; error: TillError }
  | { stage: 'done'; operation: FoundOperation; result: ReversalResult };

export type Order = { intention: string; entry: string; amountMinor: number | null; reason: Reason };

/** What goes back of a purchase: what was typed, or all that is left. */
export const amountOf = ({ operation, digits }: { operation: FoundOperation; digits: string }): number =>
  digits === '' ? operation.left.amountMinor : Math.min(Number(digits), operation.left.amountMinor);

/** A spending goes back whole, a purchase in full or in part. */
export const isWhole = (operation: FoundOperation, amountMinor: number): boolean =>
  operation.operation === 'spend' || amountMinor === operation.left.amountMinor;

/** Nothing is left of it: there is nothing to reverse. */
export const isSpent = ({ operation, left }: FoundOperation): boolean =>
  operation === 'sale' ? left.amountMinor === 0 : left.points === 0;

/** What a spending still gives back: it stands in the journal as a loss. */
export const pointsBack = ({ left }: FoundOperation): number => Math.abs(left.points);
