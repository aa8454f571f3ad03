import { type CurrencyCode, formatAmount, formatInteger, type Language } from '#contract/money/index.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import { formatCardNumber } from './card-number.ts';
import type { NextGift } from './programme.ts';

/** What every loyalty ticket says, whatever was done (T7, T8). */
export type FrameFacts = {
  language: Language;
  timeZone: string;
  shop: { name: string; address: string };
  till: string;
  staff: string;
  wallMs: number;
  ticketNumber: string;
  cardNumber: string;
  currency: CurrencyCode;
  /** The card has still to be written: what this changes reaches it at its next tap. */
  cardPending: boolean;
  /** 0 for the first print; a reprint says DUPLICATA and which one it is. */
  copy: number;
};

const words = {
  fr: {
    card: 'Carte',
    balance: 'SOLDE',
    points: 'points',
    total: 'Achats cumulés',
    next: 'Prochain cadeau',
    missing: 'Il manque',
    gift: 'Cadeau :',
    reached: 'Cadeau atteint :',
    thanks: 'Merci, à bientôt',
    duplicate: 'DUPLICATA',
    number: 'n°',
  },
  en: {
    card: 'Card',
    balance: 'BALANCE',
    points: 'points',
    total: 'Total spend',
    next: 'Next gift',
    missing: 'Still missing',
    gift: 'Gift:',
    reached: 'Gift reached:',
    thanks: 'Thank you, see you soon',
    duplicate: 'DUPLICATE',
    number: 'no.',
  },
} as const;

export const rule: TicketLine = { kind: 'rule' };
export const space: TicketLine = { kind: 'space' };
export const center = (text: string, bold = false): TicketLine => ({ kind: 'text', text, align: 'center', bold });
export const columns = (left: string, right: string): TicketLine => ({ kind: 'columns', left, right });

/** Figures as a ticket's language writes them. */
export const figures = ({ language, currency }: Pick<FrameFacts, 'language' | 'currency'>) => ({
  integer: (value: number) => formatInteger(value, language),
  signed: (value: number) => `${value > 0 ? '+' : ''}${formatInteger(value, language)}`,
  amount: (value: number) => formatAmount(value, currency, language),
});

/** `23/11/2026 14:32:08` in the shop's own time zone, the same in both languages. */
export function ticketTime(wallMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(wallMs);
  return parts.replace(', ', ' ');
}

/** Shop, time, number and card above; what was done in the middle; what the customer is told at the end below. */
export function framedTicket(facts: FrameFacts, middle: readonly TicketLine[], told: readonly TicketLine[]): Ticket {
  const say = words[facts.language];
  const lines = [
    ...(facts.copy > 0 ? [center(`*** ${say.duplicate} ${facts.copy} ***`, true)] : []),
    center(facts.shop.name.toLocaleUpperCase(facts.language), true),
    center(facts.shop.address),
    center(`${facts.till}  -  ${facts.staff}`),
    rule,
    columns(ticketTime(facts.wallMs, facts.timeZone), `${say.number} ${facts.ticketNumber}`),
    columns(say.card, formatCardNumber(facts.cardNumber)),
    space,
    ...middle,
    rule,
    ...closingLines(facts, told),
  ];
  return { language: facts.language, lines, cut: 'partial', drawer: false };
}

/** How every ticket of the family ends: the one place for it. */
function closingLines({ language }: FrameFacts, told: readonly TicketLine[]): TicketLine[] {
  return [...told, center(words[language].thanks)];
}

/** The balance in large figures, the total spend, and how far the next gift is. */
export function standingLines(
  facts: FrameFacts & { balance: number; totalSpendMinor: number; nextGift: NextGift | null },
): TicketLine[] {
  const say = words[facts.language];
  const { integer, amount } = figures(facts);
  const next = facts.nextGift;
  const distance =
    next && next.missing > 0
      ? [
          columns(say.next, `${integer(next.points)} ${say.points}`),
          columns(say.missing, `${integer(next.missing)} ${say.points}`),
        ]
      : [];
  return [balanceLine(facts, facts.balance), columns(say.total, amount(facts.totalSpendMinor)), ...distance];
}

export function balanceLine(facts: FrameFacts, balance: number): TicketLine {
  const say = words[facts.language];
  const text = `${say.balance}  ${figures(facts).integer(balance)} ${say.points}`;
  return { kind: 'text', text, bold: true, size: 'large' };
}

/** What the customer is saving for, or may have now. */
export function giftTold({ language }: FrameFacts, next: NextGift | null): TicketLine[] {
  if (!next) return [];
  const say = words[language];
  return [center(`${next.missing === 0 ? say.reached : say.gift} ${next.name[language]}`)];
}
