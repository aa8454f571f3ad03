import type { LoyaltyParts } from '../loyalty/parts.ts';

/** What the day's use cases are given: the same journal, clock, shop and printer that sales have. */
export type CounterParts = Pick<
  LoyaltyParts,
  'journal' | 'reader' | 'feed' | 'clock' | 'timeZone' | 'shop' | 'print' | 'onDefect'
> & { training: boolean };
