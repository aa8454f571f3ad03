import { err, ok, type Result } from '#contract/result/index.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { PaperParts, PrintAnswer } from './parts.ts';
import { printOnRecord, printPaper } from './print-paper.ts';

export type Reprinted = PrintAnswer & { copy: number };

/** Copies that are read at once when the last one of a paper is looked for. */
const readAtOnce = 500;

/**
 * Prints a paper once more: the copy is on record, with its number, before its paper. A repeat of the intention prints
 * nothing and hears what became of it.
 * Errors: IntentionReused, DiskFull.
 */
export async function printCopy(
  parts: PaperParts,
  acting: Acting,
  { intention, ticketNumber }: { intention: string; ticketNumber: string },
  ticketOf: (copy: number) => Ticket,
): Promise<Result<Reprinted, TillError>> {
  const recorded = parts.reader.act(intention)?.entry;
  if (recorded && (recorded.kind !== 'ticket.copy' || recorded.body.ticketNumber !== ticketNumber)) {
    return err(tillError('IntentionReused'));
  }
  if (recorded?.kind === 'ticket.copy') return ok({ ...printOnRecord(parts, intention), copy: recorded.body.copy });
  const copy = lastCopy(parts, ticketNumber) + 1;
  const { code: staff, role } = acting;
  const intent = parts.journal.append([
    { kind: 'ticket.copy', intention, staff, role, postings: [], body: { ticketNumber, copy } },
  ]);
  if (!intent.ok) return err(tillError(intent.error.type));
  return ok({ ...(await printPaper(parts, acting, { intention, ticketNumber, copy }, ticketOf(copy))), copy });
}

/** Copies of one paper are numbered upwards, so the newest of them has the highest number. 0: there is none. */
function lastCopy({ reader }: PaperParts, ticketNumber: string): number {
  let before: { epoch: number; seq: number } | null = null;
  for (;;) {
    const page = reader.list({ before, limit: readAtOnce, kinds: ['ticket.copy'] });
    for (const { entry } of page) {
      if (entry.kind === 'ticket.copy' && entry.body.ticketNumber === ticketNumber) return entry.body.copy;
    }
    const last = page.at(-1)?.entry;
    if (!last || page.length < readAtOnce) return 0;
    before = { epoch: last.epoch, seq: last.seq };
  }
}
