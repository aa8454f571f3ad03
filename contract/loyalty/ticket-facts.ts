import type { JournalEntry } from '#contract/journal/entry.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import type { TicketFacts, TicketOperation } from '#contract/tickets/token/facts.ts';

/** What a till's clock may show on a ticket's QR: 32 bits of seconds. A clock that is further out shows the nearest. */
const wallSecondsMax = 2 ** 32 - 1;

export const wallSecondsOf = (wallTime: string): number =>
  Math.min(Math.max(0, Math.floor(Date.parse(wallTime) / 1000)), wallSecondsMax);

type Operation = JournalEntry<'loyalty.sale'> | JournalEntry<'loyalty.spend'> | JournalEntry<'loyalty.reversal'>;

/** The amount that the ticket names: the purchase, what a spending takes off it, what a reversal gives back. */
function moneyOf(entry: Operation): { operation: TicketOperation; amountMinor: number; currency: CurrencyCode } {
  const { currency } = entry.body;
  switch (entry.kind) {
    case 'loyalty.sale':
      return { operation: 'sale', amountMinor: entry.body.amountMinor, currency };
    case 'loyalty.reversal':
      return { operation: 'reversal', amountMinor: entry.body.amountMinor, currency };
    case 'loyalty.spend': {
      const { reward } = entry.body;
      return { operation: 'spend', amountMinor: reward.kind === 'money' ? reward.amountMinor : 0, currency };
    }
  }
}

/** What an operation's ticket says in its QR, from its entry alone. `copy`: 0 for the first print. */
export function ticketFactsOf(entry: Operation, copy: number): Omit<TicketFacts, 'training'> {
  const { ticketNumber, points, cardNumber } = entry.body;
  return {
    ...moneyOf(entry),
    ticketNumber,
    points,
    balance: entry.kind === 'loyalty.reversal' ? null : entry.body.balance,
    wallSeconds: wallSecondsOf(entry.wallTime),
    cardLastDigits: cardNumber.slice(-4),
    copy,
  };
}
