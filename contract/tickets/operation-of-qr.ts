import { parseTicketToken } from './token/token.ts';

/**
 * The ticket's number out of the text of a ticket's QR, a URL or its token alone, as a scanner types it.
 * It proves nothing: whoever acts on it looks the operation up in the journal or at the server.
 * @returns null when it is no ticket of ours
 */
export function operationOfQr(text: string): string | null {
  const trimmed = text.trim();
  const token = trimmed.slice(trimmed.lastIndexOf('#') + 1);
  return parseTicketToken(token)?.facts.ticketNumber ?? null;
}
