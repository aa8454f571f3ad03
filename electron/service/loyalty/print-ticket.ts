import { pulseOnly } from '#contract/counter/drawer-ticket.ts';
import { ok } from '#contract/result/index.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { type Printing, printed, recordPrint } from '../papers/print-paper.ts';
import { goesByEmail, qrOf } from './by-email.ts';
import { firstPrint } from './drawer.ts';
import type { LoyaltyParts } from './parts.ts';
import { claims, type Recorded, resultOf } from './recorded.ts';
import type { SaleRun } from './sale-run.ts';

/** Tells the result, prints its ticket once, tells what became of it, and ends the run. */
export async function tellAndPrint(
  parts: LoyaltyParts,
  acting: Acting,
  run: SaleRun,
  recorded: Recorded,
): Promise<void> {
  const { intention } = run.order;
  const { ticketNumber, cardNumber } = recorded.entry.body;
  run.emit({ stage: 'result', result: resultOf(recorded) });
  if (claims(recorded)) {
    const ticket = firstPrint(recorded.ticket, recorded.entry);
    const printed = await printTicket(parts, acting, { ticket, ticketNumber, intention, copy: 0 });
    run.emit({ stage: 'printed', ...printed });
  } else {
    recordPrint(parts, acting, { ticketNumber, intention, copy: 0 }, noClaim(cardNumber));
    run.emit({ stage: 'printed', ...noClaim(cardNumber) });
  }
  run.finish(ok(undefined));
}

/** What is said in place of the ticket of a spending that the card may not have paid for. */
export const noClaim = (cardNumber: string): PrintAnswer => ({
  print: 'failed',
  why: tillError('CardTorn', { cardNumber }),
});

/**
 * Prints a ticket once and makes the outcome durable. Never retried by itself: a person asks for a duplicate. Where the customer
 * wants it by e-mail nothing is printed: that entry is what the server sends it upon. A copy is always paper.
 */
export async function printTicket(
  parts: LoyaltyParts,
  acting: Acting,
  { ticket, ...printing }: Printing & { ticket: Ticket },
): Promise<PrintAnswer> {
  const byEmail = printing.copy === 0 && goesByEmail(parts, printing.intention);
  const answer: PrintAnswer = byEmail ? { print: 'emailed', why: null } : await printed(parts, ticket);
  if (byEmail && ticket.drawer) await printed(parts, pulseOnly(ticket.language));
  recordPrint(parts, acting, printing, answer, byEmail ? qrOf(ticket) : undefined);
  return answer;
}
