import type { Ticket } from '#contract/tickets/ticket.ts';
import { balanceLine, center, columns, type FrameFacts, figures, framedTicket, rule } from './ticket-frame.ts';

/** The facts of a reversal that its ticket shows. */
export type ReversalTicketFacts = FrameFacts & {
  reverses: { kind: 'loyalty.sale' | 'loyalty.spend'; ticketNumber: string };
  /** Given back to the customer; 0 for a spending. */
  amountMinor: number;
  points: number;
  reason: string;
  whole: boolean;
  /** Null: this till does not know the card. */
  balance: number | null;
};

const words = {
  fr: {
    whole: 'CONTRE-PASSATION',
    part: 'CONTRE-PASSATION PARTIELLE',
    of: 'Du ticket',
    refunded: 'REMBOURSÉ',
    taken: 'Points repris',
    given: 'Points rendus',
    reason: 'Motif',
    reasons: { returned: 'article rendu', mistake: 'erreur de saisie', other: 'autre' },
    pending: 'La carte sera mise à jour à son prochain passage',
  },
  en: {
    whole: 'REVERSAL',
    part: 'PARTIAL REVERSAL',
    of: 'Of ticket',
    refunded: 'REFUNDED',
    taken: 'Points taken back',
    given: 'Points given back',
    reason: 'Reason',
    reasons: { returned: 'goods returned', mistake: 'typing mistake', other: 'other' },
    pending: 'The card is put right at its next tap',
  },
} as const;

/** Lays a reversal out as a ticket: what it takes back, the money and the points that go back, why. */
export function reversalTicket(facts: ReversalTicketFacts): Ticket {
  const say = words[facts.language];
  const { amount, signed } = figures(facts);
  // The screens name a reason; the command and older entries may say it in their own words.
  const reasons: Record<string, string> = say.reasons;
  const middle = [
    center(facts.whole ? say.whole : say.part, true),
    columns(say.of, facts.reverses.ticketNumber),
    ...(facts.amountMinor > 0 ? [columns(say.refunded, amount(facts.amountMinor))] : []),
    columns(facts.points > 0 ? say.given : say.taken, signed(facts.points)),
    columns(say.reason, reasons[facts.reason] ?? facts.reason),
    ...(facts.balance === null ? [] : [rule, balanceLine(facts, facts.balance)]),
  ];
  return framedTicket(facts, middle, facts.cardPending ? [center(say.pending)] : []);
}
