import type { LoyaltyParts } from '../loyalty/parts.ts';
import type { CardCalls } from '../sync/index.ts';
import type { KeptMaking } from './kept-making.ts';

/** What work on cards themselves is given. `compose.ts` makes it. */
export type CardWorkParts = Pick<
  LoyaltyParts,
  'journal' | 'reader' | 'feed' | 'clock' | 'ids' | 'randomBytes' | 'shop' | 'cards' | 'taps' | 'log' | 'onDefect'
> & {
  /** The server about cards. Null: there is no link now. */
  central: () => CardCalls | null;
  making: KeptMaking;
};
