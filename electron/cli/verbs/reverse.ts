import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, formatInteger, parseAmount } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import type { ReversalResult } from '#contract/till/loyalty.ts';
import { describeError } from '#resources/locales/describe.ts';
import { approvalOf, approvalOption } from '../approval.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Call, Verb } from '../verb.ts';

const usage = 'ENTRY [--amount A] [--reason TEXT] [--approved-by CODE] [--intention UUID]';

export const reverse: Verb = {
  name: 'reverse',
  usage,
  summary: {
    fr: 'contre-passe une vente ou une dépense, en tout ou en partie, par son écriture, son ticket ou le texte de son QR',
    en: 'reverses a sale or a spending, whole or in part, by its entry, its ticket or its QR’s text',
  },
  options: { amount: { type: 'string' }, reason: { type: 'string' }, ...approvalOption },
  actsAs: 'manager',
  async run(call) {
    const [entry, ...more] = call.words;
    if (!entry || more.length > 0) return { status: 2, usage: `comptoir reverse ${usage}` };
    const { currency } = await tillStateNow(call.till);
    const text = call.options.amount;
    const amount = text === undefined ? null : parseAmount(String(text), currency);
    if (amount && !amount.ok) {
      const { type, ...facts } = amount.error;
      return refused(tillError(type, facts));
    }
    const reversal = await call.till.loyalty.reverse({
      intention: String(call.options.intention ?? call.uuid()),
      entry,
      amountMinor: amount?.value ?? null,
      reason: String(call.options.reason ?? (call.language === 'fr' ? 'sans motif' : 'no reason given')),
      approval: await approvalOf(call),
    });
    return reversed(call, reversal);
  },
};

/** The reversal stands whatever the printer did; an unknown print is a question for a person. */
function reversed(call: Call, reversal: ReversalResult): Outcome {
  const { why, ...value } = reversal;
  const { ticketNumber } = reversal;
  if (reversal.print === 'unknown') return refused(tillError('PrintUnknown', { ticketNumber }), value);
  const warning = why ? describeError(call.language, why).message : null;
  return done(value, textOf(call, reversal, warning));
}

function textOf({ language }: Call, reversal: ReversalResult, warning: string | null): string {
  const { amountMinor, currency, points, cardNumber, ticket } = reversal;
  const sign = points > 0 ? '+' : '';
  const money = amountMinor > 0 ? `${formatAmount(amountMinor, currency, language)}  ` : '';
  const head = `${money}${formatCardNumber(cardNumber)}  ${sign}${formatInteger(points, language)} points`;
  return [head, '', ...ticket.lines, ...(warning ? ['', warning] : [])].join('\n');
}
