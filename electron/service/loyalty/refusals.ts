import { type Check, checkNames } from '#contract/journal/kinds.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import type { CardRecordInvalid } from '#contract/loyalty/card-record.ts';
import { trainingNetworkId } from '#contract/loyalty/training.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardError } from '#native/cards/errors.ts';
import type { CardRefusal } from '#native/cards/loyalty-card.ts';
import type { PinRefusal } from '#native/cards/pin-proof.ts';
import type { WaitError } from '#native/cards/transport.ts';
import type { AppendError, FeedStore } from '../store/index.ts';

/** What the store says, in the till's words. */
export const storeRefusal = (error: AppendError): TillError => tillError(error.type);

export type CardTrouble = CardError | CardRefusal | CardRecordInvalid | WaitError | PinRefusal;

/** The one table from what the reader and the card say to what the till says. No text of theirs is matched. */
export function refusalOf(trouble: CardTrouble): TillError {
  switch (trouble.type) {
    case 'NoCardInTime':
      return tillError('NoCardInTime', { seconds: Math.round(trouble.timeoutMs / 1000) });
    case 'Cancelled':
      return tillError('Cancelled');
    case 'CardRemoved':
      return tillError('CardRemoved');
    case 'ReaderUnavailable':
      return tillError('ReaderUnavailable', { detail: trouble.detail });
    case 'CardServiceUnavailable':
      return tillError('CardServiceUnavailable', { detail: trouble.detail });
    case 'NotOurs':
      return tillError('CardNotOurs');
    case 'OtherNetwork':
      return tillError(trouble.networkId === trainingNetworkId ? 'CardOfTraining' : 'CardOfAnotherNetwork', {
        cardNumber: cardNumberOf(trouble.cardData),
      });
    case 'NewInShop':
      return tillError('CardNewInShop', { cardNumber: cardNumberOf(trouble.cardData) });
    case 'KeysChanged':
      return tillError('CardKeysChanged', { cardNumber: cardNumberOf(trouble.cardData) });
    case 'AuthenticationFailed':
      return tillError('CardKeysChanged');
    case 'CardRecordInvalid':
      return tillError('CardFault', { what: `record: ${trouble.why}` });
    case 'PinWrong':
      return tillError('PinWrong', { triesLeft: trouble.triesLeft });
    case 'PinRequired':
    case 'PinBlocked':
    case 'CardOfOlderLayout':
      return tillError(trouble.type);
    // Enrolled before there were spending keys: the server alone can judge a PIN for this till.
    case 'SpendKeyMissing':
      return tillError('NeedsLink', { what: 'pin' });
    case 'CardStatus':
      return tillError('CardFault', { what: `${trouble.command} ${trouble.sw.toString(16)}` });
    default:
      return tillError('CardFault', { what: trouble.type });
  }
}

/** Why a card on the hot list is refused: replaced by which, where that is known. Null: it is not on it. */
export function outOfUse(feed: Pick<FeedStore, 'isBlocked' | 'replacedBy'>, cardNumber: string): TillError | null {
  if (!feed.isBlocked(cardNumber)) return null;
  const byCardNumber = feed.replacedBy(cardNumber);
  return byCardNumber === null
    ? tillError('CardBlocked', { cardNumber })
    : tillError('CardReplaced', { cardNumber, byCardNumber });
}

/**
 * T36: which checks a refusal passed before it fell, in the order they are made. None: it was not the card that failed.
 * @param pin what became of the PIN before a limit was found passed
 */
export function checksBefore(error: TillError, pin: Check['outcome'] = 'not-asked'): Check[] {
  const fell = failedCheck[error.type];
  if (!fell) return [];
  const at = checkNames.indexOf(fell);
  return checkNames.slice(0, at + 1).map((check, index) => ({
    check,
    outcome: index === at ? 'refused' : check === 'pin' ? pin : 'passed',
  }));
}

const failedCheck: Partial<Record<TillError['type'], Check['check']>> = {
  CardNotOurs: 'authentic',
  CardNotPrepared: 'authentic',
  CardKeysChanged: 'authentic',
  CardFault: 'authentic',
  CardOfAnotherNetwork: 'network',
  CardOfTraining: 'network',
  CardNewInShop: 'network',
  CardNumberUnknown: 'network',
  CardQuarantined: 'status',
  CardChanged: 'status',
  CardBlocked: 'hot-list',
  CardReplaced: 'hot-list',
  PinRequired: 'pin',
  PinWrong: 'pin',
  PinBlocked: 'pin',
  PinBehind: 'pin',
  AmountTooLarge: 'limits',
  NotEnoughPoints: 'limits',
  OfflineCapExceeded: 'limits',
  PurseTooLow: 'limits',
  CreditLimit: 'limits',
  MoreThanOwed: 'limits',
};

/** Was it what was wanted of the card that was refused, its PIN or a limit, and not the card itself, which had passed all before? */
export const isRefusedWish = (error: TillError): boolean =>
  !isPinQuestion(error) && (failedCheck[error.type] === 'pin' || failedCheck[error.type] === 'limits');

/** Nothing is refused yet: the PIN has still to be asked for. */
export const isPinQuestion = ({ type, facts }: TillError): boolean => type === 'PinRequired' && facts?.notSet !== true;

/** What an operation's entry has: all checks passed. @param pin `not-asked` where nobody asked, or none is set */
export const passedChecks = (pin: 'passed' | 'not-asked'): Check[] =>
  checkNames.map((check) => ({ check, outcome: check === 'pin' ? pin : 'passed' }));
