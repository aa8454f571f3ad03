import type { LoyaltyParts } from '../loyalty/parts.ts';

/** What the day's use cases are given: the same journal, clock, shop and printer that sales have. */
export type CounterParts = Pick<
  LoyaltyParts,
  'journal' | 'reader' | 'feed' | 'clock' | 'timeZone' | 'shop' | 'print' | 'onDefect'
> & {
  training: boolean;
  /** The number of a Z that an older copy of the journal does not know of; 0 for none. */
  lastZ: () => number;
};
