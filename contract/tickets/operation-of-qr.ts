import type { TicketFacts } from './token/facts.ts';
import { parseTicketToken } from './token/token.ts';

/** The token in the text of a ticket's QR: what stands behind the page's address, or all of it. */
export const tokenOfQr = (text: string): string => text.slice(text.lastIndexOf('#') + 1);

/**
 * What the QR of a ticket says: the text of it, a URL or its token alone, as a scanner types it.
 * It proves nothing: whoever acts on it looks the operation up in the journal or at the server.
 * @returns null when it is no ticket of ours
 */
export const ticketOfQr = (text: string): TicketFacts | null => parseTicketToken(tokenOfQr(text.trim()))?.facts ?? null;

/** The ticket's number alone. */
export const operationOfQr = (text: string): string | null => ticketOfQr(text)?.ticketNumber ?? null;
