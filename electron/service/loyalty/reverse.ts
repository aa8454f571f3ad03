import type { JournalEntry } from '#contract/journal/entry.ts';
import { partBack, type Reversal } from '#contract/loyalty/reversal.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { ApprovalAsked, ReversalResult } from '#contract/till/loyalty.ts';
import type { Acting, Approval } from '../acting.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import type { EntryDraft } from '../store/index.ts';
import { firstPrint } from './drawer.ts';
import { findReversible, operationKey, type ReversibleOperation } from './find-operation.ts';
import { counterOfLyingCard, settleLyingCard } from './lying-card.ts';
import { leastCounter } from './open-writes.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { pointsPostings, spendPostings } from './postings.ts';
import { printTicket } from './print-ticket.ts';
import { ticketOf } from './recorded.ts';
import { storeRefusal } from './refusals.ts';
import { nextTicketNumber } from './ticket-number.ts';

export type ReverseAsked = {
  intention: string;
  /** `epoch-seq`, an intention's id, a ticket's number, or the text of a ticket's QR. */
  entry: string;
  /** Of the purchase; null: all that is left of it. A spending goes back whole. */
  amountMinor: number | null;
  reason: string;
  approval: ApprovalAsked | null;
};

/** Takes sales and spendings back, one at a time, so that no two take the same part. */
export class Reversals {
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * The ledger moves now; the card at once if it lies on the reader, else at its next tap, at any till (T20).
   * Errors: EntryNotFound, NotReversible, NeedsLink, AlreadyReversed, AmountTooLarge, ApprovalRequired, IntentionReused, DiskFull.
   */
  reverse(parts: LoyaltyParts, acting: Acting, asked: ReverseAsked): Promise<Result<ReversalResult, TillError>> {
    const reversed = this.#turn.then(() => reverseOnce(parts, acting, asked));
    this.#turn = reversed.catch(() => undefined);
    return reversed;
  }
}

async function reverseOnce(
  parts: LoyaltyParts,
  acting: Acting,
  asked: ReverseAsked,
): Promise<Result<ReversalResult, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const recorded = parts.reader.act(asked.intention)?.entry;
  if (recorded) return answerAgain(parts, shop, recorded, asked);
  const begunMs = parts.clock.monotonicMs();
  const found = await findReversible(parts, asked.entry);
  if (!found.ok) return found;
  const back = whatGoesBack(parts, found.value, asked.amountMinor);
  if (!back.ok) return back;
  // By all that has gone back of it: a limit is no limit where it holds for each part.
  const refund = back.value.amountMinor > 0 ? found.value.gone.amountMinor + back.value.amountMinor : null;
  const approved = await parts.approve('reversal', refund, acting, asked.approval);
  if (!approved.ok) return approved;
  const lying = await counterOfLyingCard(parts, shop, found.value.cardNumber);
  const draft = reversalEntry(parts, acting, shop, asked, found.value, back.value, approved.value, lying);
  const intent = parts.journal.append([draft]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  const entry = intent.value[0]!.entry as JournalEntry<'loyalty.reversal'>;
  const exchanges = await settleLyingCard(parts, shop, entry.body.cardNumber);
  const cardPending = isPending(parts, entry.intention);
  const ticket = ticketOf(parts, shop, entry, { cardPending }, 0);
  const { ticketNumber } = entry.body;
  const tapToResultMs = Math.round(parts.clock.monotonicMs() - begunMs);
  const printed = await printTicket(parts, acting, {
    ticket: firstPrint(ticket, entry),
    ticketNumber,
    intention: entry.intention,
    copy: 0,
  });
  return ok(resultOf(parts, shop, entry, { exchanges: exchanges ?? 0, tapToResultMs, printed }));
}

const isPending = ({ reader }: LoyaltyParts, intention: string): boolean =>
  reader.operation(intention)?.facts.cardOutcome !== 'applied';

/** How much of it goes back. Errors: NotReversible (the card may never have had it), AlreadyReversed, AmountTooLarge. */
function whatGoesBack(
  { reader }: LoyaltyParts,
  found: ReversibleOperation,
  amountMinor: number | null,
): Result<Reversal, TillError> {
  const { own, gone, kind, doubt, ticketNumber, currency } = found;
  if (doubt) return err(tillError('NotReversible', { entry: ticketNumber, why: doubt }));
  const isSale = kind === 'loyalty.sale';
  const isGone = isSale ? gone.amountMinor >= own.amountMinor : gone.points === own.points;
  if (isGone) return err(tillError('AlreadyReversed', reversalOf(reader, found.intention)));
  if (!isSale) {
    if (amountMinor !== null) return err(tillError('AmountTooLarge', { maxAmountMinor: 0, currency }));
    return ok({ amountMinor: 0, points: gone.points - own.points, whole: true });
  }
  const left = own.amountMinor - gone.amountMinor;
  if (amountMinor !== null && amountMinor > left) {
    return err(tillError('AmountTooLarge', { maxAmountMinor: left, currency, ticketNumber }));
  }
  return ok(partBack(own, gone, amountMinor ?? left));
}

/** The ticket of the last reversal, where it is in this journal. Looked for among the last of them. */
function reversalOf(reader: LoyaltyParts['reader'], intention: string): { ticketNumber: string } | undefined {
  for (const { entry } of reader.list({ before: null, limit: 200, kinds: ['loyalty.reversal'] })) {
    if (entry.kind === 'loyalty.reversal' && entry.body.reverses.intention === intention) {
      return { ticketNumber: entry.body.ticketNumber };
    }
  }
  return undefined;
}

function reversalEntry(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  { intention, reason }: ReverseAsked,
  found: ReversibleOperation,
  { amountMinor, points, whole }: Reversal,
  approvedBy: Approval,
  lyingCounter: number | null,
): EntryDraft<'loyalty.reversal'> {
  const { terminal, epoch, seq, kind, ticketNumber, cardNumber, programme, currency, tender, reward } = found;
  const spendMinor = 0 - amountMinor;
  return {
    kind: 'loyalty.reversal',
    intention,
    staff: acting.code,
    role: acting.role,
    postings: [
      ...pointsPostings(cardNumber, programme, points),
      ...(amountMinor > 0 ? spendPostings(cardNumber, currency, spendMinor) : []),
    ],
    body: {
      reverses: { terminal, epoch, seq, intention: found.intention, kind, ticketNumber },
      cardNumber,
      programme,
      currency,
      amountMinor,
      points,
      spendMinor,
      ...(reward?.kind === 'money' ? { moneyOffMinor: reward.amountMinor } : {}),
      ...(tender ? { tender } : {}),
      whole,
      reason,
      cardCounter: Math.max(found.cardCounter, leastCounter(parts, cardNumber), (lyingCounter ?? 0) + 1),
      ticketNumber: nextTicketNumber(parts, shop),
      approvedBy,
    },
  };
}

/** The same intention again: the answer of the first, from the journal. Errors: IntentionReused. */
function answerAgain(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  entry: JournalEntry,
  asked: ReverseAsked,
): Result<ReversalResult, TillError> {
  if (entry.kind !== 'loyalty.reversal' || !isThisReversal(entry.body, asked)) return err(tillError('IntentionReused'));
  const print = parts.reader.operation(entry.intention)?.facts.printOutcome ?? 'unknown';
  return ok(resultOf(parts, shop, entry, { exchanges: 0, tapToResultMs: 0, printed: { print, why: null } }));
}

/** Of the same operation, and of as much of it. */
function isThisReversal(
  { reverses, amountMinor, whole }: JournalEntry<'loyalty.reversal'>['body'],
  asked: ReverseAsked,
): boolean {
  const { epoch, seq, intention, ticketNumber } = reverses;
  const isOfThis = [intention, ticketNumber, `${epoch}-${seq}`].includes(operationKey(asked.entry));
  return isOfThis && (asked.amountMinor === null ? whole : asked.amountMinor === amountMinor);
}

function resultOf(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  entry: JournalEntry<'loyalty.reversal'>,
  { printed, ...measured }: { exchanges: number; tapToResultMs: number; printed: PrintAnswer },
): ReversalResult {
  const { epoch, seq, intention, body } = entry;
  const { reverses, cardNumber, amountMinor, currency, points, whole, ticketNumber } = body;
  const cardPending = isPending(parts, intention);
  return {
    entry: `${epoch}-${seq}`,
    seq,
    intention,
    reverses: `${reverses.epoch}-${reverses.seq}`,
    cardNumber,
    amountMinor,
    currency,
    points,
    balance: parts.reader.card(cardNumber)?.balance ?? null,
    whole,
    card: cardPending ? 'pending' : 'applied',
    ticketNumber,
    ticket: ticketPreview(ticketOf(parts, shop, entry, { cardPending }, 0)),
    ...printed,
    ...measured,
  };
}
