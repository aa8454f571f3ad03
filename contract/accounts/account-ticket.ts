import type { AccountAct } from '#contract/accounts/effects.ts';
import { minuteOf } from '#contract/counter/day-ticket.ts';
import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, formatAmount, type Language } from '#contract/money/index.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';

/** The facts of a ticket about a card's purse or credit. */
export type AccountTicketFacts = {
  language: Language;
  timeZone: string;
  shop: { name: string };
  till: string;
  staff: string;
  atMs: number;
  act: AccountAct;
  ticketNumber: string;
  cardNumber: string;
  amountMinor: number;
  currency: CurrencyCode;
  /** Null: only the server knows. */
  balanceMinor: number | null;
  inCash: boolean;
};

const words = {
  fr: {
    acts: {
      'top-up': 'RECHARGE',
      pay: 'PAYÉ PAR LA CARTE',
      refund: 'REMBOURSÉ EN ESPÈCES',
      draw: 'ACHAT À CRÉDIT',
      repay: 'CRÉDIT REMBOURSÉ',
    },
    purse: 'Porte-monnaie',
    credit: 'Reste dû',
    later: 'au retour du réseau',
    card: 'Carte',
    sign: 'Signature',
    number: 'n°',
    thanks: 'Merci, à bientôt',
  },
  en: {
    acts: {
      'top-up': 'TOP-UP',
      pay: 'PAID BY CARD',
      refund: 'REFUNDED IN CASH',
      draw: 'PURCHASE ON CREDIT',
      repay: 'CREDIT REPAID',
    },
    purse: 'Purse',
    credit: 'Still owed',
    later: 'once back online',
    card: 'Card',
    sign: 'Signature',
    number: 'no.',
    thanks: 'Thank you, see you soon',
  },
} as const;

/** The customer signs for what leaves the shop against nothing: a purchase on credit, and cash. The drawer opens for cash alone. */
export function accountTicket(facts: AccountTicketFacts): Ticket {
  const say = words[facts.language];
  const { act, language, currency } = facts;
  const amount = (value: number) => formatAmount(value, currency, language);
  const center = (text: string, bold = false): TicketLine => ({ kind: 'text', text, align: 'center', bold });
  const columns = (left: string, right: string): TicketLine => ({ kind: 'columns', left, right });
  const after = act === 'draw' || act === 'repay' ? say.credit : say.purse;
  const signed: TicketLine[] = [{ kind: 'space' }, { kind: 'text', text: `${say.sign} ....................` }];
  const lines: TicketLine[] = [
    center(facts.shop.name.toLocaleUpperCase(language), true),
    center(`${facts.till}  -  ${facts.staff}`),
    { kind: 'rule' },
    columns(minuteOf(facts.atMs, facts.timeZone), `${say.number} ${facts.ticketNumber}`),
    columns(say.card, formatCardNumber(facts.cardNumber)),
    { kind: 'space' },
    { kind: 'columns', left: say.acts[act], right: amount(facts.amountMinor), bold: true },
    columns(after, facts.balanceMinor === null ? say.later : amount(facts.balanceMinor)),
    ...(act === 'draw' || act === 'refund' ? signed : []),
    { kind: 'rule' },
    center(say.thanks),
  ];
  return { language, lines, cut: 'partial', drawer: facts.inCash };
}
