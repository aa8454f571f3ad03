import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, formatInteger, parseAmount } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import type { SaleEvent } from '#contract/till/loyalty.ts';
import { describeError } from '#resources/locales/describe.ts';
import { timeoutMs } from '../options.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Call, Verb } from '../verb.ts';

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

export const sale: Verb = {
  name: 'sale',
  usage: '--amount A [--intention UUID] [--timeout SECONDS]',
  summary: {
    fr: 'une vente qui donne des points ; attend la carte',
    en: 'a sale that earns points; waits for the card',
  },
  options: { amount: { type: 'string' } },
  needs: ['amount'],
  actsAs: 'cashier',
  async run(call) {
    const { currency } = await tillStateNow(call.till);
    const amount = parseAmount(String(call.options.amount ?? ''), currency);
    if (!amount.ok) {
      const { type, ...facts } = amount.error;
      return refused(tillError(type, facts));
    }
    const order = { intention: String(call.options.intention ?? call.uuid()), amountMinor: amount.value };
    const events = await call.till.loyalty.sell({
      ...order,
      source: 'command',
      receiptNumber: null,
      useCardAsItLies: true,
      timeoutMs: timeoutMs(call.options),
    });
    return saleOutcome(call, events);
  },
};

async function saleOutcome(call: Call, events: AsyncIterable<SaleEvent>): Promise<Outcome> {
  let result: Extract<SaleEvent, { stage: 'result' }>['result'] | null = null;
  let printed: Extract<SaleEvent, { stage: 'printed' }> | null = null;
  for await (const event of events) {
    if (event.stage === 'result') result = event.result;
    else if (event.stage === 'printed') printed = event;
    else call.progress(prompts[call.language][event.stage]);
  }
  if (!result || !printed) throw new Error('a sale ended without its result');
  // Of an unknown print the words are those of the question: the printer's fault alone would claim that nothing came out.
  const said = printed.print === 'unknown' ? tillError('PrintUnknown') : printed.why;
  const printError =
    printed.why && said ? { printError: { type: printed.why.type, ...describeError(call.language, said) } } : {};
  const value = { ...result, print: printed.print, ...printError };
  if (result.card === 'unknown') return refused(tillError('CardTorn', { cardNumber: result.cardNumber }), value);
  if (printed.print === 'unknown')
    return refused(tillError('PrintUnknown', { ticketNumber: result.ticketNumber }), value);
  return done(value, saleText(call, result, said ? describeError(call.language, said).message : null));
}

function saleText(
  call: Call,
  result: Extract<SaleEvent, { stage: 'result' }>['result'],
  warning: string | null,
): string {
  const { language } = call;
  const points = (value: number) => formatInteger(value, language);
  const lines = [
    `${formatAmount(result.amountMinor, result.currency, language)}  ${formatCardNumber(result.cardNumber)}`,
    language === 'fr'
      ? `+${points(result.points)} points, solde ${points(result.balance)}`
      : `+${points(result.points)} points, balance ${points(result.balance)}`,
    '',
    ...result.ticket.lines,
    ...(warning ? ['', warning] : []),
  ];
  return lines.join('\n');
}
