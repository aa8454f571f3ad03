import { z } from 'zod';
import { TicketNumber } from './shapes.ts';

/** A ticket is to be printed once more: the durable intent of that copy, which counts from here on, whatever the printer does. */
export const ticketCopy = z.strictObject({ ticketNumber: TicketNumber, copy: z.int().positive() });

/**
 * What became of a print. `sent`: the printer cannot report. `unknown` is never retried by itself. `emailed`: no paper, because
 * the customer wants it by e-mail; the server sends it when it has this entry, once per intention.
 */
export const ticketOutcome = z.strictObject({
  ticketNumber: TicketNumber,
  outcome: z.enum(['confirmed', 'failed', 'unknown', 'sent', 'no-printer', 'emailed']),
  why: z.string().max(60).nullable(),
  copy: z.int().nonnegative(),
  /** Of one that goes by e-mail: the URL that its QR would have held, for the server cannot sign it. */
  qr: z.string().max(800).optional(),
});
