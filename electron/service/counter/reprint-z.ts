import { err, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { printCopy, type Reprinted } from '../papers/print-copy.ts';
import { closedTicket } from './close.ts';
import type { CounterParts } from './parts.ts';
import { marked } from './print-counter.ts';

/**
 * Prints a Z once more, marked and counted.
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
  return printCopy(parts, acting, { intention, ticketNumber }, (copy) =>
    marked(parts, closedTicket(parts, shop, entry, copy)),
  );
}
