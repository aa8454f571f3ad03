import { accountKinds } from '#contract/accounts/effects.ts';
import { finishTicket } from '#contract/tickets/finish.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { Acting } from '../acting.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { printPaper } from '../papers/print-paper.ts';
import type { EntryDraft } from '../store/index.ts';
import type { CounterParts } from './parts.ts';

/** What a paper of the day bears. The drawer's pulse alone has no line that could say what it is worth. */
export const marked = ({ training }: CounterParts, ticket: Ticket): Ticket =>
  ticket.lines.length > 0 ? finishTicket(ticket, { qr: null, training }) : ticket;

/** The paper of an entry that is durable already, marked. */
export const printOf = (
  parts: CounterParts,
  acting: Acting,
  of: { intention: string; ticketNumber: string },
  ticket: Ticket,
): Promise<PrintAnswer> => printPaper(parts, acting, { ...of, copy: 0 }, marked(parts, ticket));

const kindsWithPaper = ['day.read', 'day.closed', 'drawer.opened', 'cash.moved', ...accountKinds];
/** Entries that a restart looks back on: more than a till makes between two starts that both go wrong. */
const lookedAt = 200;

/** Papers that were under way when the service stopped: nobody knows, and nobody prints them again unasked. */
export function settleCounterPrintsAfterRestart({ reader, journal }: Pick<CounterParts, 'reader' | 'journal'>): void {
  for (const { entry } of reader.list({ before: null, limit: lookedAt, kinds: kindsWithPaper })) {
    if (!('ticketNumber' in entry.body) || reader.outcomes(entry.intention).length > 0) continue;
    const { ticketNumber } = entry.body as { ticketNumber: string };
    const unknown: EntryDraft<'ticket.outcome'> = {
      kind: 'ticket.outcome',
      intention: entry.intention,
      staff: null,
      role: null,
      postings: [],
      body: { ticketNumber, outcome: 'unknown', why: 'Restart', copy: 0 },
    };
    journal.append([unknown]);
  }
}
