import type { Ticket } from '#contract/tickets/ticket.ts';
import { tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { PaperParts, PrintAnswer } from './parts.ts';

export type Printing = {
  ticketNumber: string;
  /** Whose it is: the operation's own for the first print, the person's new one for a copy. */
  intention: string;
  /** 0 for the first print. */
  copy: number;
};

/** Prints a paper once, of an entry that is durable already; what became of it is a fact too. Never retried by itself. */
export async function printPaper(
  parts: PaperParts,
  acting: Acting,
  printing: Printing,
  ticket: Ticket,
): Promise<PrintAnswer> {
  const answer = await printed(parts, ticket);
  recordPrint(parts, acting, printing, answer);
  return answer;
}

/** A defect behind the printer's port must not make what stands look like what failed. */
export async function printed(parts: PaperParts, ticket: Ticket): Promise<PrintAnswer> {
  try {
    return await parts.print(ticket);
  } catch (defect) {
    parts.onDefect(defect);
    return { print: 'unknown', why: tillError('PrinterFault', { what: 'defect' }) };
  }
}

/** @param qr what a ticket that goes by e-mail bears, for the server to send */
export function recordPrint(
  { journal }: PaperParts,
  acting: Acting,
  { ticketNumber, intention, copy }: Printing,
  answer: PrintAnswer,
  qr?: string,
): void {
  journal.append([
    {
      kind: 'ticket.outcome',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { ticketNumber, outcome: answer.print, why: answer.why?.type ?? null, copy, ...(qr ? { qr } : {}) },
    },
  ]);
}

/** What is on record of the paper of an entry; nothing yet: nobody knows. */
export function printOnRecord({ reader }: Pick<PaperParts, 'reader'>, intention: string): PrintAnswer {
  const outcome = reader
    .outcomes(intention)
    .map(({ entry }) => entry)
    .find((entry) => entry.kind === 'ticket.outcome');
  return { print: outcome?.body.outcome ?? 'unknown', why: null };
}
