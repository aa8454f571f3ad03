import type { Ticket } from '#contract/tickets/ticket.ts';
import type { LoyaltyParts } from './parts.ts';

/** Does the customer want this operation's ticket by e-mail, and can the server send it? A wish alone prints, as ever. */
export function goesByEmail(
  { feed, reader, ticketsByEmail }: Pick<LoyaltyParts, 'feed' | 'reader' | 'ticketsByEmail'>,
  intention: string,
): boolean {
  const cardNumber = reader.operation(intention)?.facts.cardNumber;
  return ticketsByEmail() && cardNumber !== undefined && feed.member(cardNumber)?.ticketByEmail === true;
}

/** The text of a ticket's QR; undefined where it has none. */
export const qrOf = ({ lines }: Ticket): string | undefined => lines.find((line) => line.kind === 'qr')?.data;
