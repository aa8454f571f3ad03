import type { DayLine, DayTotals } from '#contract/journal/kinds/day.ts';
import { type CurrencyCode, currencies, formatAmount, formatInteger, type Language } from '#contract/money/index.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import { takingsMinor } from './figures.ts';

/** The facts that an X or a Z shows on paper. */
export type DayTicketFacts = {
  report: 'X' | 'Z';
  /** Shown before the day is closed: it says so. */
  draft: boolean;
  language: Language;
  timeZone: string;
  shop: { name: string };
  till: string;
  staff: string;
  number: number;
  currency: CurrencyCode;
  totals: DayTotals;
  /** When it was made, Unix ms. */
  atMs: number;
  /** Null: not shown, or not counted yet. */
  expectedMinor: number | null;
  countedMinor: number | null;
  differenceMinor: number | null;
  reason: string | null;
  late: { count: number; amountMinor: number };
  headHash: string;
  /** 0 for the first print; a reprint says DUPLICATA and which one it is. */
  copy: number;
};

const words = {
  fr: {
    duplicate: 'DUPLICATA',
    number: 'n°',
    draft: 'PROJET',
    from: 'Du',
    to: 'au',
    trades: { loyalty: 'FIDÉLITÉ', stamps: 'TIMBRES', vouchers: 'RECHARGES' },
    operations: {
      sale: ['achat', 'achats'],
      gift: ['cadeau remis', 'cadeaux remis'],
      'money-off': ['remise en points', 'remises en points'],
      reversal: ['contre-passé', 'contre-passés'],
      'card-issued': ['carte remise', 'cartes remises'],
      'card-replaced': ['carte remplacée', 'cartes remplacées'],
      'card-blocked': ['blocage de carte', 'blocages de cartes'],
      'card-pin': ['code client changé', 'codes clients changés'],
      refused: ['carte refusée', 'cartes refusées'],
      'purse-topped-up': ['recharge de carte', 'recharges de cartes'],
      'purse-paid': ['paiement par carte', 'paiements par carte'],
      'purse-refunded': ['carte remboursée', 'cartes remboursées'],
      'credit-drawn': ['achat à crédit', 'achats à crédit'],
      'credit-repaid': ['crédit remboursé', 'crédits remboursés'],
    },
    given: 'points donnés',
    taken: 'points repris',
    moneyOff: 'remises accordées',
    total: 'TOTAL',
    other: 'dont hors espèces',
    purse: 'Payé par porte-monnaie',
    credit: 'Vendu à crédit',
    float: 'Fond de caisse',
    putIn: 'Espèces ajoutées',
    takenOut: 'Espèces retirées',
    expected: 'Espèces attendues',
    counted: 'Espèces comptées',
    difference: 'Écart',
    reason: 'Motif :',
    late: 'dont à une date d’avant',
    drawer: 'Tiroir ouvert sans vente',
    entries: 'Écritures',
    print: 'Empreinte',
  },
  en: {
    duplicate: 'DUPLICATE',
    number: 'no.',
    draft: 'DRAFT',
    from: 'From',
    to: 'to',
    trades: { loyalty: 'LOYALTY', stamps: 'STAMPS', vouchers: 'VOUCHERS' },
    operations: {
      sale: ['purchase', 'purchases'],
      gift: ['gift handed over', 'gifts handed over'],
      'money-off': ['points as money off', 'points as money off'],
      reversal: ['reversed', 'reversed'],
      'card-issued': ['card issued', 'cards issued'],
      'card-replaced': ['card replaced', 'cards replaced'],
      'card-blocked': ['card block', 'card blocks'],
      'card-pin': ['customer PIN changed', 'customer PINs changed'],
      refused: ['card refused', 'cards refused'],
      'purse-topped-up': ['card topped up', 'cards topped up'],
      'purse-paid': ['payment by card', 'payments by card'],
      'purse-refunded': ['purse refunded', 'purses refunded'],
      'credit-drawn': ['purchase on credit', 'purchases on credit'],
      'credit-repaid': ['credit repaid', 'credits repaid'],
    },
    given: 'points given',
    taken: 'points taken back',
    moneyOff: 'money off given',
    total: 'TOTAL',
    other: 'of it not in cash',
    purse: 'Paid from purses',
    credit: 'Sold on credit',
    float: 'Float',
    putIn: 'Cash put in',
    takenOut: 'Cash taken out',
    expected: 'Cash expected',
    counted: 'Cash counted',
    difference: 'Difference',
    reason: 'Reason:',
    late: 'of it at an earlier date',
    drawer: 'Drawer opened without sale',
    entries: 'Entries',
    print: 'Fingerprint',
  },
} as const;

/** Kept where a line is wrapped, as plain spaces are not. */
const indent = '\u00a0\u00a0';
const rule: TicketLine = { kind: 'rule' };
const columns = (left: string, right: string): TicketLine => ({ kind: 'columns', left, right });
const center = (text: string, bold = false): TicketLine => ({ kind: 'text', text, align: 'center', bold });

/** `23/11/2026 07:58` where the till stands. */
export function minuteOf(wallMs: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  return format.format(wallMs).replace(', ', ' ');
}

/** `0214`: a Z's number as it is written everywhere. */
export const numberOfZ = (number: number): string => String(number).padStart(4, '0');

/** `9C41 7F0A 22D8`: enough of a hash to be compared by eye. */
export const fingerprint = (hash: string): string => (hash.slice(0, 12).toUpperCase().match(/.{4}/g) ?? []).join(' ');

/** Lays the facts of a day out as a ticket: per trade, the total, the drawer, and what of the journal it counts. */
export function dayTicket(facts: DayTicketFacts): Ticket {
  const say = words[facts.language];
  const title = `${facts.report}${indent}${say.number} ${numberOfZ(facts.number)}${facts.draft ? `${indent}${say.draft}` : ''}`;
  const begin = facts.totals.firstAt === null ? facts.atMs : Date.parse(facts.totals.firstAt);
  const time = (ms: number) => minuteOf(ms, facts.timeZone);
  const lines: TicketLine[] = [
    ...(facts.copy > 0 ? [center(`*** ${say.duplicate} ${facts.copy} ***`, true)] : []),
    center(facts.shop.name.toLocaleUpperCase(facts.language), true),
    center(`${facts.till}  -  ${facts.staff}`),
    rule,
    { kind: 'text', text: title, bold: true, size: 'large' },
    columns(`${say.from} ${time(begin)}`, `${say.to} ${time(facts.atMs).replace(/\/\d{4}/, '')}`),
    rule,
    ...tradeLines(facts),
    rule,
    ...cashLines(facts),
    rule,
    ...entryLines(facts),
  ];
  return {
    language: facts.language,
    lines,
    cut: 'partial',
    drawer: facts.report === 'Z' && !facts.draft && facts.copy === 0,
  };
}

function figuresOf({ language, currency }: DayTicketFacts) {
  return {
    integer: (value: number) => formatInteger(value, language),
    amount: (value: number) => formatAmount(value, currency, language, 'none'),
  };
}

function tradeLines(facts: DayTicketFacts): TicketLine[] {
  const { totals } = facts;
  const say = words[facts.language];
  const { integer, amount } = figuresOf(facts);
  const isOne = (count: number) => (facts.language === 'fr' ? count < 2 : count === 1);
  const counted = (operation: DayLine['operation'], count: number) =>
    `${integer(count)} ${say.operations[operation][isOne(count) ? 0 : 1]}`;
  const trades = [...new Set(totals.lines.map(({ trade }) => trade))];
  const ofTrade = (trade: (typeof trades)[number]): TicketLine[] => {
    const lines = totals.lines.filter((line) => line.trade === trade);
    const sales = lines.find(({ operation }) => operation === 'sale');
    return [
      columns(`${say.trades[trade]}${indent}${counted('sale', sales?.count ?? 0)}`, amount(sales?.amountMinor ?? 0)),
      ...lines
        .filter(({ operation }) => operation !== 'sale')
        .map(({ operation, count, amountMinor }) =>
          columns(`${indent}${counted(operation, count)}`, amountMinor === 0 ? '' : amount(amountMinor)),
        ),
    ];
  };
  return [
    ...trades.flatMap(ofTrade),
    ...(totals.pointsGiven > 0 ? [columns(`${indent}${say.given}`, integer(totals.pointsGiven))] : []),
    ...(totals.pointsTaken > 0 ? [columns(`${indent}${say.taken}`, integer(0 - totals.pointsTaken))] : []),
    ...(totals.moneyOffMinor === 0 ? [] : [columns(`${indent}${say.moneyOff}`, amount(0 - totals.moneyOffMinor))]),
    columns(`${say.total} ${currencies[facts.currency].symbol}`, amount(takingsMinor(totals))),
    ...(totals.otherMinor === 0 ? [] : [columns(`${indent}${say.other}`, amount(totals.otherMinor))]),
    ...(totals.onAccount?.purseMinor ? [columns(say.purse, amount(totals.onAccount.purseMinor))] : []),
    ...(totals.onAccount?.creditMinor ? [columns(say.credit, amount(totals.onAccount.creditMinor))] : []),
    ...(facts.late.count === 0
      ? []
      : [columns(`${indent}${say.late}${indent}${integer(facts.late.count)}`, amount(facts.late.amountMinor))]),
  ];
}

function cashLines(facts: DayTicketFacts): TicketLine[] {
  const { cash, drawer } = facts.totals;
  const say = words[facts.language];
  const { integer, amount } = figuresOf(facts);
  const unlessZero = (left: string, value: number) => (value === 0 ? [] : [columns(left, amount(value))]);
  const known = (left: string, value: number | null) => (value === null ? [] : [columns(left, amount(value))]);
  const openings = drawer.reduce((sum, { count }) => sum + count, 0);
  return [
    columns(say.float, amount(cash.floatMinor)),
    ...unlessZero(say.putIn, cash.putInMinor),
    ...unlessZero(say.takenOut, 0 - cash.takenOutMinor),
    ...known(say.expected, facts.expectedMinor),
    ...known(say.counted, facts.countedMinor),
    ...known(say.difference, facts.differenceMinor),
    ...(facts.reason === null ? [] : [{ kind: 'text' as const, text: `${say.reason} ${facts.reason}` }]),
    ...(openings === 0 ? [] : [columns(say.drawer, integer(openings))]),
  ];
}

/** What of the journal is counted, so that the paper can be held against it. */
function entryLines({ totals, headHash, language }: DayTicketFacts): TicketLine[] {
  const say = words[language];
  const place = (at: DayTotals['from']) => (at === null ? '' : `${at.epoch}-${at.seq}`);
  return [
    columns(
      `${say.entries} ${place(totals.from)} ${say.to} ${place(totals.to)}`,
      formatInteger(totals.entries, language),
    ),
    columns(say.print, fingerprint(headHash)),
  ];
}
