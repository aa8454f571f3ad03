import type { JournalEntry } from '#contract/journal/entry.ts';
import { wallSecondsOf } from '#contract/loyalty/ticket-facts.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import { type AccountKind, actOfKind } from './effects.ts';

/** What the ticket of an act says in its QR, from its entry alone. `copy`: 0 for the first print. */
export function accountFactsOf(entry: JournalEntry<AccountKind>, copy: number): Omit<TicketFacts, 'training'> {
  const { ticketNumber, amountMinor, currency, balanceMinor, cardNumber } = entry.body;
  return {
    operation: actOfKind(entry.kind)!,
    ticketNumber,
    wallSeconds: wallSecondsOf(entry.wallTime),
    amountMinor,
    currency,
    points: 0,
    balance: balanceMinor,
    cardLastDigits: cardNumber.slice(-4),
    copy,
  };
}
