import type { TicketMarks } from '#contract/tickets/finish.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import { ticketToken } from '#contract/tickets/token/token.ts';

/** What the till puts on the ticket of an operation, besides what it says. */
export type MarkTicket = (facts: Omit<TicketFacts, 'training'>) => TicketMarks;

/** How tickets of this till are proven: the server's certificate (base64url), and where its verification page is. */
export type TicketProof = { certificate: string; verifyUrl: string };

/**
 * Signs each ticket's facts into its QR.
 * @param proof null until the till is enrolled and certified: its tickets then have no QR
 * @param sign ES256 with the till's key: r‖s, base64url
 */
export function markTickets(
  proof: () => TicketProof | null,
  sign: (bytes: Uint8Array) => string,
  training: boolean,
): MarkTicket {
  return (facts) => {
    const known = proof();
    if (known === null) return { qr: null, training };
    const certificate = Buffer.from(known.certificate, 'base64url');
    const token = ticketToken({ ...facts, training }, certificate, (bytes) => Buffer.from(sign(bytes), 'base64url'));
    return { qr: `${known.verifyUrl}#${token}`, training };
  };
}
