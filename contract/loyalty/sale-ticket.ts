import { type CurrencyCode, formatAmount, formatInteger, type Language } from '#contract/money/index.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import { formatCardNumber } from './card-number.ts';
import type { NextGift } from './programme.ts';

/** The facts of a loyalty sale that its ticket shows (T7, T8). */
export type SaleTicketFacts = {
  language: Language;
  timeZone: string;
  shop: { name: string; address: string };
  till: string;
  staff: string;
  wallMs: number;
  ticketNumber: string;
  cardNumber: string;
  amountMinor: number;
  currency: CurrencyCode;
  points: number;
  balance: number;
  totalSpendMinor: number;
  nextGift: NextGift | null;
  /** The card was pulled during the write: the points are kept and reach the card at its next tap. */
  cardPending: boolean;
  /** 0 for the first print; a reprint says DUPLICATA and which one it is. */
  copy: number;
};

const words = {
  fr: {
    card: 'Carte',
    purchase: 'ACHAT',
    earned: 'Points gagnés',
    balance: 'SOLDE',
    points: 'points',
    total: 'Achats cumulés',
    next: 'Prochain cadeau',
    missing: 'Il manque',
    gift: 'Cadeau :',
    reached: 'Cadeau atteint :',
    pending: 'Points gardés, écrits sur la carte à son prochain passage',
    thanks: 'Merci, à bientôt',
    duplicate: 'DUPLICATA',
    number: 'n°',
  },
  en: {
    card: 'Card',
    purchase: 'PURCHASE',
    earned: 'Points earned',
    balance: 'BALANCE',
    points: 'points',
    total: 'Total spend',
    next: 'Next gift',
    missing: 'Still missing',
    gift: 'Gift:',
    reached: 'Gift reached:',
    pending: 'Points kept, written to the card at its next tap',
    thanks: 'Thank you, see you soon',
    duplicate: 'DUPLICATE',
    number: 'no.',
  },
} as const;

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

/** Lays the facts of a sale out as a ticket: shop, time, amount, nature, points, balance, total, distance to the gift. */
export function saleTicket(facts: SaleTicketFacts): Ticket {
  const say = words[facts.language];
  const integer = (value: number) => formatInteger(value, facts.language);
  const amount = (value: number) => formatAmount(value, facts.currency, facts.language);
  const center = (text: string, bold = false): TicketLine => ({ kind: 'text', text, align: 'center', bold });
  const columns = (left: string, right: string): TicketLine => ({ kind: 'columns', left, right });
  const rule: TicketLine = { kind: 'rule' };
  const lines: TicketLine[] = [
    ...(facts.copy > 0 ? [center(`*** ${say.duplicate} ${facts.copy} ***`, true)] : []),
    center(facts.shop.name.toLocaleUpperCase(facts.language), true),
    center(facts.shop.address),
    center(`${facts.till}  -  ${facts.staff}`),
    rule,
    columns(ticketTime(facts.wallMs, facts.timeZone), `${say.number} ${facts.ticketNumber}`),
    columns(say.card, formatCardNumber(facts.cardNumber)),
    { kind: 'space' },
    columns(say.purchase, amount(facts.amountMinor)),
    columns(say.earned, `+${integer(facts.points)}`),
    rule,
    { kind: 'text', text: `${say.balance}  ${integer(facts.balance)} ${say.points}`, bold: true, size: 'large' },
    columns(say.total, amount(facts.totalSpendMinor)),
    ...giftLines(facts.nextGift, say, columns, integer),
    rule,
    ...(facts.cardPending ? [center(say.pending)] : []),
    ...giftClosing(facts, say, center),
    center(say.thanks),
  ];
  return { language: facts.language, lines, cut: 'partial', drawer: false };
}

type Words = (typeof words)[Language];

function giftLines(
  next: NextGift | null,
  say: Words,
  columns: (left: string, right: string) => TicketLine,
  integer: (value: number) => string,
): TicketLine[] {
  if (!next || next.missing === 0) return [];
  return [
    columns(say.next, `${integer(next.points)} ${say.points}`),
    columns(say.missing, `${integer(next.missing)} ${say.points}`),
  ];
}

function giftClosing(facts: SaleTicketFacts, say: Words, center: (text: string) => TicketLine): TicketLine[] {
  if (!facts.nextGift) return [];
  const name = facts.nextGift.name[facts.language];
  return [center(`${facts.nextGift.missing === 0 ? say.reached : say.gift} ${name}`)];
}
