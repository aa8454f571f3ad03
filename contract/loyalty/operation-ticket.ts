import type { JournalEntry } from '#contract/journal/entry.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { reversalTicket } from './reversal-ticket.ts';
import { saleTicket } from './sale-ticket.ts';
import { spendTicket } from './spend-ticket.ts';
import type { FrameFacts } from './ticket-frame.ts';

/** The operations that have a ticket. */
export type Ticketed = JournalEntry<'loyalty.sale'> | JournalEntry<'loyalty.spend'> | JournalEntry<'loyalty.reversal'>;

/** What a ticket says besides its entry. */
export type Counter = Pick<FrameFacts, 'language' | 'timeZone' | 'shop' | 'till' | 'staff' | 'cardPending' | 'copy'>;

/**
 * Lays an operation's ticket out from its entry, the same on the till and on the server.
 * @param balanceNow of the card after a reversal, whose entry does not say it; null where it is not known
 */
export function operationTicket(entry: Ticketed, counter: Counter, balanceNow: number | null): Ticket {
  const common = { ...counter, wallMs: Date.parse(entry.wallTime) };
  switch (entry.kind) {
    case 'loyalty.sale':
      return saleTicket({ ...entry.body, ...common });
    case 'loyalty.spend':
      return spendTicket({ ...entry.body, ...common });
    case 'loyalty.reversal':
      return reversalTicket({ ...entry.body, ...common, balance: balanceNow });
  }
}

/** `Awa Koné` signs as `Awa K.` on what the customer takes away. */
export function staffOnTicket(name: string): string {
  const [first, ...rest] = name.split(' ');
  const last = rest.at(-1);
  return last ? `${first} ${last[0]}.` : name;
}
