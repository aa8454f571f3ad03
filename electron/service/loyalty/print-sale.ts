import { tillError } from '#contract/till/errors.ts';
import type { EntryDraft } from '../store/index.ts';
import type { Acting, LoyaltyParts, PrintAnswer } from './parts.ts';
import type { SaleFacts } from './sale-facts.ts';

/**
 * Prints a sale's ticket once and makes the outcome durable. Never retried by itself: a person asks for a duplicate.
 * @param asked whose intention it is: the sale's own for the first print, the person's new one for a copy
 */
export async function printSale(
  parts: LoyaltyParts,
  acting: Acting,
  sale: SaleFacts,
  { intention, copy }: { intention: string; copy: number },
): Promise<PrintAnswer> {
  const answer = await printed(parts, sale);
  parts.journal.append([
    {
      kind: 'ticket.outcome',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { ticketNumber: sale.body.ticketNumber, outcome: answer.print, why: answer.why?.type ?? null, copy },
    },
  ]);
  return answer;
}

/** A defect behind the printer's port must not make a sale that stands look like one that failed. */
async function printed(parts: LoyaltyParts, { ticket }: SaleFacts): Promise<PrintAnswer> {
  try {
    return await parts.print(ticket);
  } catch (defect) {
    parts.onDefect(defect);
    return { print: 'unknown', why: tillError('PrinterFault', { what: 'defect' }) };
  }
}

/** Copies that a restart looks back on: more than a till prints between two starts that both go wrong. */
const copiesLookedAt = 200;

/** Tickets and copies that were under way when the service stopped: nobody knows, and nobody prints them again unasked. */
export function settlePrintsAfterRestart({ reader, journal }: Pick<LoyaltyParts, 'reader' | 'journal'>): void {
  const unknown = (intention: string, ticketNumber: string, copy: number): EntryDraft<'ticket.outcome'> => ({
    kind: 'ticket.outcome',
    intention,
    staff: null,
    role: null,
    postings: [],
    body: { ticketNumber, outcome: 'unknown', why: 'Restart', copy },
  });
  for (const { sealed, facts } of reader.openPrints()) {
    journal.append([unknown(sealed.entry.intention, facts.ticketNumber, 0)]);
  }
  for (const { entry } of reader.list({ before: null, limit: copiesLookedAt, kinds: ['ticket.copy'] })) {
    if (entry.kind !== 'ticket.copy' || reader.outcomes(entry.intention).length > 0) continue;
    journal.append([unknown(entry.intention, entry.body.ticketNumber, entry.body.copy)]);
  }
}
