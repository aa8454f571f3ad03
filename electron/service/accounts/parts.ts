import type { CardWorks } from '../cards/works.ts';
import type { CounterParts } from '../counter/parts.ts';
import type { LoyaltyParts } from '../loyalty/parts.ts';
import type { PaperParts } from '../papers/parts.ts';
import type { AccountCalls } from '../sync/index.ts';

/** What the paper of an act is made with. */
export type AccountPaperParts = PaperParts & Pick<LoyaltyParts, 'feed' | 'timeZone' | 'shop' | 'mark'>;

/** What the use cases of a card's purse and credit are given. `compose.ts` makes it. */
export type AccountParts = CounterParts &
  AccountPaperParts &
  Pick<LoyaltyParts, 'cards' | 'taps' | 'randomBytes' | 'afterOperation'> & {
    /** The server about accounts. Null: there is no link now. */
    central: () => AccountCalls | null;
    works: CardWorks;
    /** Sends what the server has not heard, for a short while: a top-up of just now is to be there when it is spent. */
    sendFirst: () => Promise<void>;
  };
