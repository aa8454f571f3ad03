import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting, LoyaltyParts, PrintAnswer } from './parts.ts';
import { printSale } from './print-sale.ts';
import { recordedSale } from './sale-facts.ts';

/** Prints a sale's ticket once more, marked and counted. Errors: EntryNotFound, NotEnrolled. */
export async function reprint(
  parts: LoyaltyParts,
  acting: Acting,
  sale: string,
): Promise<Result<PrintAnswer & { copy: number }, TillError>> {
  const standing = parts.reader.sale(sale)?.facts;
  const copy = (standing?.copies ?? 0) + 1;
  const cardPending = standing?.cardOutcome !== 'applied';
  const facts = recordedSale(parts, sale, { cardPending, exchanges: 0, tapToResultMs: 0 }, copy);
  if (!facts.ok) return err(facts.error);
  return ok({ ...(await printSale(parts, acting, facts.value, copy)), copy });
}
