import { refusal } from '#backend/refusal.ts';
import type { CentralError } from '#contract/central/index.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardError } from '#native/cards/errors.ts';
import type { IssueRefusal } from '#native/cards/issue-card.ts';

/** A card that speaks well, and that the server's own rows refuse. */
export type NotAdmitted = { type: 'NotAdmitted'; why: CentralError };

/** What a card's own answers come to for the till that relays them, in one table. Anything not named is a fault of the card. */
export function cardRefusal(error: CardError | IssueRefusal | NotAdmitted): CentralError {
  switch (error.type) {
    case 'NotAdmitted':
      return error.why;
    // Our keys do not open it, or it does not know them: someone else made it.
    case 'AuthenticationFailed':
    case 'MasterKeyForeign':
    case 'NotOurs':
    case 'OtherNetwork':
      return refusal('CardNotOurs');
    case 'PreparingNotAllowed':
    case 'CardFull':
      return refusal(error.type);
    case 'NumberOnCard':
      return refusal('CardNotBlank', { cardNumber: cardNumberOf(error.cardData) });
    default:
      return refusal('CardFault', { what: error.type });
  }
}
