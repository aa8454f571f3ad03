import { err, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { printCopy, type Reprinted } from '../papers/print-copy.ts';
import type { LoyaltyParts } from './parts.ts';
import { ticketOf } from './recorded.ts';

/** Prints an operation's ticket once more, marked and counted. Errors: as `Reprints.print`. */
export async function reprintOperation(
  parts: LoyaltyParts,
  acting: Acting,
  { intention, sale }: { intention: string; sale: string },
): Promise<Result<Reprinted, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const standing = parts.reader.operation(sale);
  const entry = standing?.sealed.entry;
  if (!standing || !entry || entry.kind === 'card.replaced' || standing.facts.ticketNumber === null) {
    return err(tillError('EntryNotFound', { entry: sale }));
  }
  const { cardOutcome, cardNumber, ticketNumber } = standing.facts;
  const cardPending = cardOutcome !== 'applied';
  if (entry.kind === 'loyalty.spend' && cardPending) {
    return err(tillError(cardOutcome === 'not-applied' ? 'EntryNotFound' : 'CardTorn', { cardNumber }));
  }
  return printCopy(parts, acting, { intention, ticketNumber }, (copy) =>
    ticketOf(parts, shop, entry, { cardPending }, copy),
  );
}
