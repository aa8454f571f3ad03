import type { z } from 'zod';
import { creditDrawn, creditRepaid, pursePaid, purseRefunded, purseToppedUp } from './kinds/accounts.ts';
import { attendanceClocked } from './kinds/attendance.ts';
import { cardBlocked, cardIssued, cardOutcome, cardPin, cardReplaced } from './kinds/cards.ts';
import { staffSignedIn, terminalOpened } from './kinds/counter.ts';
import { cashMoved, dayClosed, dayOpened, dayRead, drawerOpened } from './kinds/day.ts';
import { loyaltyRefused, loyaltyReversal, loyaltySale, loyaltySpend } from './kinds/loyalty.ts';
import { ticketCopy, ticketOutcome } from './kinds/tickets.ts';

export { Check, checkNames } from './kinds/shapes.ts';

/**
 * The body of each kind of entry. `acts`: at most one such entry per intention, for ever. `operation`: what a person at the
 * counter calls one, and counts; what became of its effects, or who signed in, is on record beside it.
 * A body only ever grows by optional members: old entries are read for ever.
 */
export const entryKinds = {
  'terminal.opened': { body: terminalOpened, acts: true, operation: false },
  'staff.signed-in': { body: staffSignedIn, acts: true, operation: false },
  'loyalty.sale': { body: loyaltySale, acts: true, operation: true },
  'loyalty.spend': { body: loyaltySpend, acts: true, operation: true },
  'loyalty.reversal': { body: loyaltyReversal, acts: true, operation: true },
  'loyalty.refused': { body: loyaltyRefused, acts: false, operation: false },
  'card.issued': { body: cardIssued, acts: true, operation: true },
  'card.blocked': { body: cardBlocked, acts: true, operation: true },
  'card.replaced': { body: cardReplaced, acts: true, operation: true },
  'card.pin': { body: cardPin, acts: true, operation: true },
  'card.outcome': { body: cardOutcome, acts: false, operation: false },
  'day.opened': { body: dayOpened, acts: true, operation: false },
  'day.read': { body: dayRead, acts: true, operation: false },
  'day.closed': { body: dayClosed, acts: true, operation: true },
  'drawer.opened': { body: drawerOpened, acts: true, operation: false },
  'cash.moved': { body: cashMoved, acts: true, operation: true },
  'purse.topped-up': { body: purseToppedUp, acts: true, operation: true },
  'purse.paid': { body: pursePaid, acts: true, operation: true },
  'purse.refunded': { body: purseRefunded, acts: true, operation: true },
  'credit.drawn': { body: creditDrawn, acts: true, operation: true },
  'credit.repaid': { body: creditRepaid, acts: true, operation: true },
  'attendance.clocked': { body: attendanceClocked, acts: true, operation: false },
  'ticket.copy': { body: ticketCopy, acts: true, operation: false },
  'ticket.outcome': { body: ticketOutcome, acts: false, operation: false },
} as const;

export type EntryKind = keyof typeof entryKinds;
export type EntryBody<K extends EntryKind> = z.infer<(typeof entryKinds)[K]['body']>;
