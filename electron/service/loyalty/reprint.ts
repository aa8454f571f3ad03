import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, LoyaltyParts, PrintAnswer } from './parts.ts';
import { printSale } from './print-sale.ts';
import { recordedSale } from './sale-facts.ts';

export type Reprinted = PrintAnswer & { copy: number };

/** Prints sales' tickets once more, one at a time, so that no two copies bear the same number. */
export class Reprints {
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Prints a sale's ticket once more, marked and counted. A repeat of the intention prints nothing and hears the outcome
   * on record (without its `why`). Errors: EntryNotFound, NotEnrolled, IntentionReused (the id is another act's, or another ticket's copy).
   */
  print(
    parts: LoyaltyParts,
    acting: Acting,
    asked: { intention: string; sale: string },
  ): Promise<Result<Reprinted, TillError>> {
    const printed = this.#turn.then(() => printOnce(parts, acting, asked));
    this.#turn = printed.catch(() => undefined);
    return printed;
  }
}

async function printOnce(
  parts: LoyaltyParts,
  acting: Acting,
  { intention, sale }: { intention: string; sale: string },
): Promise<Result<Reprinted, TillError>> {
  // The id of something else, the sale's own included: under it every repeat would be one more copy.
  if (parts.reader.act(intention)) return err(tillError('IntentionReused'));
  const standing = parts.reader.sale(sale)?.facts;
  for (const { entry } of parts.reader.outcomes(intention)) {
    if (entry.kind !== 'ticket.outcome') continue;
    const { ticketNumber, outcome, copy } = entry.body;
    return ticketNumber === standing?.ticketNumber
      ? ok({ print: outcome, why: null, copy })
      : err(tillError('IntentionReused'));
  }
  const copy = (standing?.copies ?? 0) + 1;
  const cardPending = standing?.cardOutcome !== 'applied';
  const facts = recordedSale(parts, sale, { cardPending, exchanges: 0, tapToResultMs: 0 }, copy);
  if (!facts.ok) return err(facts.error);
  return ok({ ...(await printSale(parts, acting, facts.value, { intention, copy })), copy });
}
