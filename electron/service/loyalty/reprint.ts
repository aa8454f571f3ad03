import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting, LoyaltyParts, PrintAnswer } from './parts.ts';
import { printSale } from './print-sale.ts';
import { recordedSale } from './sale-facts.ts';

export type Reprinted = PrintAnswer & { copy: number };

/** Prints sales' tickets once more, one at a time, so that no two copies bear the same number. */
export class Reprints {
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Prints a sale's ticket once more, marked and counted. A repeat of the intention prints nothing and hears the outcome
   * on record (without its `why`). Errors: EntryNotFound, NotEnrolled.
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
  for (const { entry } of parts.reader.outcomes(intention)) {
    if (entry.kind === 'ticket.outcome' && intention !== sale) {
      return ok({ print: entry.body.outcome, why: null, copy: entry.body.copy });
    }
  }
  const standing = parts.reader.sale(sale)?.facts;
  const copy = (standing?.copies ?? 0) + 1;
  const cardPending = standing?.cardOutcome !== 'applied';
  const facts = recordedSale(parts, sale, { cardPending, exchanges: 0, tapToResultMs: 0 }, copy);
  if (!facts.ok) return err(facts.error);
  return ok({ ...(await printSale(parts, acting, facts.value, { intention, copy })), copy });
}
