import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, formatInteger } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import type { SaleEvent, SaleResult } from '#contract/till/loyalty.ts';
import { describeError } from '#resources/locales/describe.ts';
import { done, type Outcome, refused } from './outcome.ts';
import type { Call } from './verb.ts';

const prompts = {
  fr: {
    'present-card': 'Présentez la carte.',
    'remove-card': 'Retirez la carte, puis reposez-la.',
    'present-card-again': 'Carte retirée trop tôt. Reposez la même carte.',
    'other-card': 'C’est une autre carte. Reposez la première.',
    reading: 'Lecture de la carte…',
    'keep-card': 'Laissez la carte sur le lecteur.',
  },
  en: {
    'present-card': 'Present the card.',
    'remove-card': 'Remove the card, then tap it again.',
    'present-card-again': 'Card removed too soon. Tap the same card again.',
    'other-card': 'This is another card. Tap the first one again.',
    reading: 'Reading the card…',
    'keep-card': 'Leave the card on the reader.',
  },
} as const;

/** Follows a sale or a spending to its end: what happens on standard error, its result as the outcome. */
export async function operationOutcome(call: Call, events: AsyncIterable<SaleEvent>): Promise<Outcome> {
  let result: SaleResult | null = null;
  let printed: Extract<SaleEvent, { stage: 'printed' }> | null = null;
  for await (const event of events) {
    if (event.stage === 'result') result = event.result;
    else if (event.stage === 'printed') printed = event;
    else call.progress(prompts[call.language][event.stage]);
  }
  if (!result || !printed) throw new Error('an operation ended without its result');
  // Of an unknown print the words are those of the question: the printer's fault alone would claim that nothing came out.
  const said = printed.print === 'unknown' ? tillError('PrintUnknown') : printed.why;
  const printError =
    printed.why && said ? { printError: { type: printed.why.type, ...describeError(call.language, said) } } : {};
  const value = { ...result, print: printed.print, ...printError };
  if (result.card === 'unknown') return refused(tillError('CardTorn', { cardNumber: result.cardNumber }), value);
  if (printed.print === 'unknown')
    return refused(tillError('PrintUnknown', { ticketNumber: result.ticketNumber }), value);
  return done(value, textOf(call, result, said ? describeError(call.language, said).message : null));
}

function textOf({ language }: Call, result: SaleResult, warning: string | null): string {
  const points = (value: number) => formatInteger(value, language);
  const balance = language === 'fr' ? 'solde' : 'balance';
  const lines = [
    `${whatFor(language, result)}  ${formatCardNumber(result.cardNumber)}`,
    `${result.points >= 0 ? '+' : ''}${points(result.points)} points, ${balance} ${points(result.balance)}`,
    '',
    ...result.ticket.lines,
    ...(warning ? ['', warning] : []),
  ];
  return lines.join('\n');
}

function whatFor(language: Call['language'], { reward, amountMinor, currency }: SaleResult): string {
  if (reward?.kind === 'gift') return reward.name[language];
  return `${reward ? '-' : ''}${formatAmount(amountMinor, currency, language)}`;
}
