import { accountKinds } from '#contract/accounts/effects.ts';
import { finishTicket } from '#contract/tickets/finish.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { tillError } from '#contract/till/errors.ts';
import type { Acting, PrintAnswer } from '../loyalty/parts.ts';
import type { EntryDraft } from '../store/index.ts';
import type { CounterParts, PaperParts } from './parts.ts';

/** What a paper of the day bears. The drawer's pulse alone has no line that could say what it is worth. */
export const marked = ({ training }: CounterParts, ticket: Ticket): Ticket =>
  ticket.lines.length > 0 ? finishTicket(ticket, { qr: null, training }) : ticket;

/** The paper of an entry that is durable already, marked. */
export const printOf = (
  parts: CounterParts,
  acting: Acting,
  of: { intention: string; ticketNumber: string },
  ticket: Ticket,
): Promise<PrintAnswer> => printFinished(parts, acting, { ...of, copy: 0 }, marked(parts, ticket));

/** Printed once, as it is; what became of it is a fact too. Never retried by itself. */
export async function printFinished(
  parts: PaperParts,
  acting: Acting,
  { intention, ticketNumber, copy }: { intention: string; ticketNumber: string; copy: number },
  ticket: Ticket,
): Promise<PrintAnswer> {
  const answer = await printed(parts, ticket);
  parts.journal.append([
    {
      kind: 'ticket.outcome',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { ticketNumber, outcome: answer.print, why: answer.why?.type ?? null, copy },
    },
  ]);
  return answer;
}

/** A defect behind the printer's port must not make a day that is closed look like one that is not. */
async function printed(parts: PaperParts, ticket: Ticket): Promise<PrintAnswer> {
  try {
    return await parts.print(ticket);
  } catch (defect) {
    parts.onDefect(defect);
    return { print: 'unknown', why: tillError('PrinterFault', { what: 'defect' }) };
  }
}

/** What is on record of the paper of an entry; nothing yet: nobody knows. */
export function printOnRecord({ reader }: Pick<CounterParts, 'reader'>, intention: string): PrintAnswer {
  const outcome = reader
    .outcomes(intention)
    .map(({ entry }) => entry)
    .find((entry) => entry.kind === 'ticket.outcome');
  return { print: outcome?.body.outcome ?? 'unknown', why: null };
}

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
