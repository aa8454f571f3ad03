import type { TicketFacts } from './token/facts.ts';
import { parseTicketToken } from './token/token.ts';

/**
 * What the QR of a ticket says: the text of it, a URL or its token alone, as a scanner types it.
 * It proves nothing: whoever acts on it looks the operation up in the journal or at the server.
 * @returns null when it is no ticket of ours
 */
export function ticketOfQr(text: string): TicketFacts | null {
  const trimmed = text.trim();
  const token = trimmed.slice(trimmed.lastIndexOf('#') + 1);
  return parseTicketToken(token)?.facts ?? null;
}

/** The ticket's number alone. */
export const operationOfQr = (text: string): string | null => ticketOfQr(text)?.ticketNumber ?? null;
