import type { JournalEntry } from '#contract/journal/entry.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';

type AtTheDrawer = JournalEntry<'loyalty.sale' | 'loyalty.spend' | 'loyalty.reversal'>;

/**
 * Does cash change hands? Then the drawer opens with the first print of the ticket, after the entry that says why.
 * What came from the cash register is in the register's own drawer, which it has opened itself.
 */
export function opensDrawer({ kind, body }: AtTheDrawer): boolean {
  if (kind === 'loyalty.spend' || body.tender === 'other') return false;
  return kind === 'loyalty.sale' ? body.source !== 'register' : body.amountMinor > 0;
}

/** The ticket of an operation as it leaves for the first time. */
export const firstPrint = (ticket: Ticket, entry: AtTheDrawer): Ticket => ({ ...ticket, drawer: opensDrawer(entry) });
