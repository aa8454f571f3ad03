import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, PrintAnswer } from '../loyalty/parts.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import { closedTicket } from './close.ts';
import type { CounterParts } from './parts.ts';
import { printOf, printOnRecord } from './print-counter.ts';

export type Reprinted = PrintAnswer & { copy: number };

/** Copies that are looked back on for the number of the next one. */
const lookedAt = 500;

/**
 * Prints a Z once more, marked and counted: the copy is on record before its paper.
 * Errors: EntryNotFound, NotEnrolled, IntentionReused, DiskFull.
 */
export async function reprintZ(
  parts: CounterParts,
  acting: Acting,
  { intention, z }: { intention: string; z: string },
): Promise<Result<Reprinted, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const entry = parts.reader.act(z)?.entry;
  if (entry?.kind !== 'day.closed') return err(tillError('EntryNotFound', { entry: z }));
  const { ticketNumber } = entry.body;
  const recorded = parts.reader.act(intention)?.entry;
  if (recorded && (recorded.kind !== 'ticket.copy' || recorded.body.ticketNumber !== ticketNumber)) {
    return err(tillError('IntentionReused'));
  }
  if (recorded?.kind === 'ticket.copy') return ok({ ...printOnRecord(parts, intention), copy: recorded.body.copy });
  const copy = copiesOf(parts, ticketNumber) + 1;
  const { code: staff, role } = acting;
  const intent = parts.journal.append([
    { kind: 'ticket.copy', intention, staff, role, postings: [], body: { ticketNumber, copy } },
  ]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  const ticket = closedTicket(parts, shop, entry, copy);
  return ok({ ...(await printOf(parts, acting, { intention, ticketNumber }, ticket, copy)), copy });
}

function copiesOf({ reader }: CounterParts, ticketNumber: string): number {
  const copies = reader
    .list({ before: null, limit: lookedAt, kinds: ['ticket.copy'] })
    .map(({ entry }) => entry.body as { ticketNumber: string; copy: number })
    .filter((body) => body.ticketNumber === ticketNumber)
    .map(({ copy }) => copy);
  return Math.max(0, ...copies);
}
