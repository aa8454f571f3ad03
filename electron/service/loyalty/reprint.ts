import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { reprintAccount } from '../accounts/posted.ts';
import type { Reprinted } from '../counter/print-copy.ts';
import type { Acting, LoyaltyParts } from './parts.ts';
import { printTicket } from './print-ticket.ts';
import { ticketOf } from './recorded.ts';
import { storeRefusal } from './refusals.ts';

/** Prints tickets once more, one at a time, so that no two copies bear the same number. */
export class Reprints {
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * Prints an operation's ticket once more, marked and counted; of a card's purse and credit too. A repeat of the intention prints nothing and hears the outcome
   * on record (without its `why`). Errors: EntryNotFound, CardTorn (a spending that the card may not have paid for), NotEnrolled, DiskFull, IntentionReused (the id is another act's, or another ticket's copy).
   */
  print(
    parts: LoyaltyParts,
    acting: Acting,
    asked: { intention: string; sale: string },
  ): Promise<Result<Reprinted, TillError>> {
    const printed = this.#turn.then(
      async () => (await reprintAccount(parts, acting, asked)) ?? printOnce(parts, acting, asked),
    );
    this.#turn = printed.catch(() => undefined);
    return printed;
  }
}

/** The intent of the copy, durable; then the paper; then the outcome (invariant 6). */
async function printOnce(
  parts: LoyaltyParts,
  acting: Acting,
  { intention, sale }: { intention: string; sale: string },
): Promise<Result<Reprinted, TillError>> {
  const standing = parts.reader.operation(sale);
  const ticketNumber = standing?.facts.ticketNumber ?? null;
  const recorded = parts.reader.act(intention)?.entry;
  if (recorded) return copyOnRecord(parts, recorded, ticketNumber);
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const entry = standing?.sealed.entry;
  if (!standing || !entry || entry.kind === 'card.replaced' || ticketNumber === null) {
    return err(tillError('EntryNotFound', { entry: sale }));
  }
  const { cardOutcome, cardNumber } = standing.facts;
  const cardPending = cardOutcome !== 'applied';
  if (entry.kind === 'loyalty.spend' && cardPending) {
    return err(tillError(cardOutcome === 'not-applied' ? 'EntryNotFound' : 'CardTorn', { cardNumber }));
  }
  const copy = standing.facts.copies + 1;
  const { code: staff, role } = acting;
  const intent = parts.journal.append([
    { kind: 'ticket.copy', intention, staff, role, postings: [], body: { ticketNumber, copy } },
  ]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  const ticket = ticketOf(parts, shop, entry, { cardPending }, copy);
  return ok({ ...(await printTicket(parts, acting, { ticket, ticketNumber, intention, copy })), copy });
}

/** A repeat hears what became of its copy. The id of something else, the sale's own included, is refused. */
function copyOnRecord(
  parts: LoyaltyParts,
  recorded: JournalEntry,
  ticketNumber: string | null,
): Result<Reprinted, TillError> {
  if (recorded.kind !== 'ticket.copy' || recorded.body.ticketNumber !== ticketNumber) {
    return err(tillError('IntentionReused'));
  }
  const outcome = parts.reader
    .outcomes(recorded.intention)
    .map(({ entry }) => entry)
    .find((entry) => entry.kind === 'ticket.outcome');
  return ok({ print: outcome?.body.outcome ?? 'unknown', why: null, copy: recorded.body.copy });
}
