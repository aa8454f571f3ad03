import type { CentralError } from '#contract/central/errors.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardError } from './errors.ts';
import type { IssueRefusal } from './issue-card.ts';

/** What a card's own answers come to for the till that relays them, in one table. Anything not named is a fault of the card. */
export function serverRefusal(error: CardError | IssueRefusal): CentralError {
  switch (error.type) {
    // Our keys do not open it, or it does not know them: someone else made it.
    case 'AuthenticationFailed':
    case 'MasterKeyForeign':
    case 'NotOurs':
    case 'OtherNetwork':
      return { type: 'CardNotOurs' };
    case 'PreparingNotAllowed':
    case 'CardFull':
      return { type: error.type };
    case 'NumberOnCard':
      return { type: 'CardNotBlank', facts: { cardNumber: cardNumberOf(error.cardData) } };
    default:
      return { type: 'CardFault', facts: { what: error.type } };
  }
}
