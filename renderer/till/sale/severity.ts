import { type TillErrorType, tillErrors } from '#contract/till/errors.ts';

/** What waiting or doing the same thing better repairs: attention, not refusal. */
const attention: ReadonlySet<TillErrorType> = new Set<TillErrorType>([
  'AmountZero',
  'AmountNotANumber',
  'AmountDecimals',
  'AmountTooLarge',
  'NoCardInTime',
  'Cancelled',
  'CardChanged',
  'CardRemoved',
  'CardTorn',
  'CardNewInShop',
  'SaleInProgress',
  'NotSignedIn',
  'CentralUnreachable',
  'SyncTimeout',
  'PrintUnknown',
]);

export const toneOf = (type: TillErrorType): 'warn' | 'stop' => (attention.has(type) ? 'warn' : 'stop');

/**
 * Whether the primary button may ask again for the same amount. Never where something may have happened: a second
 * intention would be a second sale.
 */
export const mayAskAgain = (type: TillErrorType): boolean =>
  tillErrors[type] === 'refused' && !['IntentionReused', 'TerminalRevoked', 'NotEnrolled'].includes(type);
