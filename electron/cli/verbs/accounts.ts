import { type AccountAct, isMoneyIn } from '#contract/accounts/effects.ts';
import { formatCardNumber, parseCardNumber } from '#contract/loyalty/card-number.ts';
import { formatAmount, parseAmount } from '#contract/money/index.ts';
import type { AccountEvent, AccountResult } from '#contract/till/accounts.ts';
import { tillError } from '#contract/till/errors.ts';
import { describeError } from '#resources/locales/describe.ts';
import { approvalOf, approvalOption } from '../approval.ts';
import { withCardPin } from '../card-pin.ts';
import { timeoutMs } from '../options.ts';
import { done, type Outcome, refused } from '../outcome.ts';
import { tillStateNow } from '../till-state.ts';
import type { Call, Verb } from '../verb.ts';

const prompts = {
  fr: {
    'present-card': 'Présentez la carte.',
    'remove-card': 'Retirez la carte, puis reposez-la.',
    'present-card-again': 'Carte retirée trop tôt. Reposez la même carte.',
    reading: 'Lecture de la carte…',
    working: 'Le compte est vérifié.',
  },
  en: {
    'present-card': 'Present the card.',
    'remove-card': 'Remove the card, then tap it again.',
    'present-card-again': 'Card removed too soon. Tap the same card again.',
    reading: 'Reading the card…',
    working: 'The account is being checked.',
  },
} as const;

type Described = { name: string; act: AccountAct; actsAs: 'cashier' | 'manager'; summary: Verb['summary'] };

/** Money in may go by the card's number; money out needs the card. */
function moving({ name, act, actsAs, summary }: Described): Verb {
  const isIn = isMoneyIn(act);
  const own = isIn ? '[--card NUMBER] [--tender cash|other]' : '[--pin-stdin]';
  return {
    name,
    usage: `--amount A ${own} [--approved-by CODE] [--intention UUID] [--timeout SECONDS]`,
    summary,
    options: {
      amount: { type: 'string' },
      ...(isIn ? { card: { type: 'string' }, tender: { type: 'string' } } : {}),
      ...approvalOption,
    } as NonNullable<Verb['options']>,
    needs: ['amount'],
    actsAs,
    async run(call) {
      const { options } = call;
      const { currency } = await tillStateNow(call.till);
      const amount = parseAmount(String(options.amount ?? ''), currency);
      if (!amount.ok) {
        const { type, ...facts } = amount.error;
        return refused(tillError(type, facts));
      }
      const number = typeof options.card === 'string' ? parseCardNumber(options.card) : null;
      if (number && !number.ok) return refused(tillError('CardNumberInvalid', { cardNumber: String(options.card) }));
      const order = {
        intention: String(options.intention ?? call.uuid()),
        act,
        amountMinor: amount.value,
        ...(options.tender === 'other' ? { tender: 'other' as const } : {}),
        cardNumber: number?.value ?? null,
        useCardAsItLies: true,
        timeoutMs: timeoutMs(options),
      };
      const approval = await approvalOf(call);
      return withCardPin(call, async (pin) =>
        outcomeOf(call, await last(call, await call.till.accounts.act({ ...order, pin, approval }))),
      );
    },
  };
}

/** Tells each new stage once, and gives the end. */
async function last({ progress, language }: Call, events: AsyncIterable<AccountEvent>): Promise<AccountResult> {
  let told: string | null = null;
  for await (const event of events) {
    if (event.stage === 'posted') return event.result;
    if (event.stage !== told) progress(prompts[language][event.stage]);
    told = event.stage;
  }
  throw new Error('an account was moved without its result');
}

function outcomeOf({ language }: Call, result: AccountResult): Outcome {
  if (result.print === 'unknown')
    return refused(tillError('PrintUnknown', { ticketNumber: result.ticketNumber }), result);
  const { balanceMinor, currency, cardNumber, amountMinor } = result;
  const amount = (value: number) => formatAmount(value, currency, language);
  const after = balanceMinor === null ? '' : `  (${amount(balanceMinor)})`;
  const warning = result.why ? `\n${describeError(language, result.why).message}` : '';
  return done(result, `${formatCardNumber(cardNumber)}  ${amount(amountMinor)}${after}${warning}`);
}

export const purseTopUp = moving({
  name: 'purse top-up',
  act: 'top-up',
  actsAs: 'cashier',
  summary: { fr: 'recharge le porte-monnaie d’une carte', en: 'tops a card’s purse up' },
});
export const pursePay = moving({
  name: 'purse pay',
  act: 'pay',
  actsAs: 'cashier',
  summary: {
    fr: 'fait payer le porte-monnaie d’une carte ; attend la carte, demande le réseau',
    en: 'pays from a card’s purse; waits for the card, needs the link',
  },
});
export const purseRefund = moving({
  name: 'purse refund',
  act: 'refund',
  actsAs: 'manager',
  summary: {
    fr: 'rend en espèces l’argent d’un porte-monnaie',
    en: 'hands money of a purse back in cash',
  },
});
export const creditDraw = moving({
  name: 'credit draw',
  act: 'draw',
  actsAs: 'cashier',
  summary: {
    fr: 'porte un achat au crédit de la carte, jusqu’à son plafond',
    en: 'puts a purchase on the card’s credit, up to its limit',
  },
});
export const creditRepay = moving({
  name: 'credit repay',
  act: 'repay',
  actsAs: 'cashier',
  summary: { fr: 'encaisse un remboursement de crédit', en: 'takes a repayment of credit' },
});
