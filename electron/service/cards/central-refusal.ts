import type { CentralError } from '#contract/central/index.ts';
import { type TillError, type TillErrorType, tillError } from '#contract/till/errors.ts';
import type { CentralFailure } from '../sync/index.ts';

/** What the server says about a card, in the till's words. */
const words: Partial<Record<CentralError['type'], TillErrorType>> = {
  CardUnknown: 'CardNumberUnknown',
  CardNotOurs: 'CardNotOurs',
  CardNumberTaken: 'CardNumberTaken',
  CardNotBlank: 'CardNotBlank',
  CardFull: 'CardFull',
  CardBlocked: 'CardBlocked',
  CardReplaced: 'CardReplaced',
  CardFault: 'CardFault',
  NoCardsInStock: 'NoCardsInStock',
  PreparingNotAllowed: 'CardNotPrepared',
  PurseTooLow: 'PurseTooLow',
  CreditLimit: 'CreditLimit',
  PinRequired: 'PinRequired',
  PinWrong: 'PinWrong',
  PinBlocked: 'PinBlocked',
  IntentionReused: 'IntentionReused',
  TerminalRevoked: 'TerminalRevoked',
  TerminalQuarantined: 'TerminalQuarantined',
};

/** Why the server does nothing with this card, or cannot be asked. */
export function centralRefusal(failure: CentralFailure): TillError {
  switch (failure.type) {
    case 'CentralUnreachable':
      return tillError('NeedsLink', { why: failure.why });
    case 'CentralAnswerInvalid':
      return tillError('CentralRefused', { why: failure.type, what: failure.what });
    case 'CentralRefused': {
      const { type, facts } = failure.refusal;
      return tillError(words[type] ?? 'CentralRefused', words[type] ? facts : { why: type });
    }
  }
}
