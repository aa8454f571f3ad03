import { type CurrencyCode, formatAmount, type Language } from '#contract/money/index.ts';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';

/** The facts of cash that was put in or taken out, on paper beside the drawer. */
export type CashTicketFacts = {
  language: Language;
  shop: { name: string };
  till: string;
  staff: string;
  /** As the ticket shows it. */
  time: string;
  ticketNumber: string;
  amountMinor: number;
  currency: CurrencyCode;
  reason: string;
  approvedBy: string | null;
};

const words = {
  fr: { in: 'ESPÈCES AJOUTÉES', out: 'ESPÈCES RETIRÉES', approved: 'Accord de', sign: 'Signature', number: 'n°' },
  en: { in: 'CASH PUT IN', out: 'CASH TAKEN OUT', approved: 'Approved by', sign: 'Signature', number: 'no.' },
} as const;

/** The paper of a cash movement; the drawer opens with it. */
export function cashTicket(facts: CashTicketFacts): Ticket {
  const say = words[facts.language];
  const center = (text: string, bold = false): TicketLine => ({ kind: 'text', text, align: 'center', bold });
  const amount = formatAmount(Math.abs(facts.amountMinor), facts.currency, facts.language);
  const lines: TicketLine[] = [
    center(facts.shop.name.toLocaleUpperCase(facts.language), true),
    center(`${facts.till}  -  ${facts.staff}`),
    { kind: 'rule' },
    { kind: 'columns', left: facts.time, right: `${say.number} ${facts.ticketNumber}` },
    { kind: 'columns', left: facts.amountMinor > 0 ? say.in : say.out, right: amount, bold: true },
    { kind: 'text', text: facts.reason },
    ...(facts.approvedBy === null ? [] : [{ kind: 'columns' as const, left: say.approved, right: facts.approvedBy }]),
    { kind: 'space' },
    { kind: 'text', text: `${say.sign} ....................` },
  ];
  return { language: facts.language, lines, cut: 'partial', drawer: true };
}

/** The drawer's pulse alone: nothing is printed. */
export const pulseOnly = (language: Language): Ticket => ({ language, lines: [], cut: 'none', drawer: true });
