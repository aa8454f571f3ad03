import type { Acting, LoyaltyParts, PrintAnswer } from './parts.ts';
import type { SaleFacts } from './sale-facts.ts';

/** Prints a sale's ticket once and makes the outcome durable. Never retried by itself: a person asks for a duplicate. */
export async function printSale(
  parts: LoyaltyParts,
  acting: Acting,
  sale: SaleFacts,
  copy: number,
): Promise<PrintAnswer> {
  const answer = await parts.print(sale.ticket);
  parts.journal.append([
    {
      kind: 'ticket.outcome',
      intention: sale.entry.intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { ticketNumber: sale.body.ticketNumber, outcome: answer.print, why: answer.why?.type ?? null, copy },
    },
  ]);
  return answer;
}

/** A ticket that was under way when the service stopped: nobody knows, and nobody prints it again unasked. */
export function settlePrintsAfterRestart({ reader, journal }: Pick<LoyaltyParts, 'reader' | 'journal'>): void {
  for (const { sealed, facts } of reader.openPrints()) {
    journal.append([
      {
        kind: 'ticket.outcome',
        intention: sealed.entry.intention,
        staff: null,
        role: null,
        postings: [],
        body: { ticketNumber: facts.ticketNumber, outcome: 'unknown', why: 'Restart', copy: 0 },
      },
    ]);
  }
}
