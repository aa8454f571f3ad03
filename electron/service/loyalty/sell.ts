import { pointsFor } from '#contract/loyalty/programme.ts';
import { checkAmount } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { fitsOnCard, roomOnCard } from './card-room.ts';
import { type OpenedCard, openCard } from './open-card.ts';
import type { Acting, LoyaltyParts, ShopAtTill } from './parts.ts';
import { printSale } from './print-sale.ts';
import { checksBefore, refusalOf, storeRefusal } from './refusals.ts';
import { refusedEntry, saleEntry } from './sale-entries.ts';
import { recordedSale, type SaleFacts, saleResult } from './sale-facts.ts';
import type { SaleRun } from './sale-run.ts';
import { awaitSameCard } from './same-card.ts';
import { settleOpenWrites } from './settle.ts';
import { awaitTap, type Tap } from './tap.ts';
import { earnRecord } from './torn-writes.ts';

/**
 * One purchase that earns points: wait for the card, open it, compute, make the intent durable, write the card,
 * make the outcome durable, print. Tells `run` each step; its end is `run.finish`.
 * Once the intent is in the journal the sale stands, whatever becomes of the card or the ticket.
 */
export async function sell(parts: LoyaltyParts, acting: Acting, run: SaleRun): Promise<void> {
  const sold = await takeCard(parts, acting, run);
  if (!sold.ok) return run.finish(sold);
  run.emit({ stage: 'result', result: saleResult(sold.value) });
  const printed = await printSale(parts, acting, sold.value, { intention: run.order.intention, copy: 0 });
  run.emit({ stage: 'printed', ...printed });
  run.finish(ok(undefined));
}

async function takeCard(parts: LoyaltyParts, acting: Acting, run: SaleRun): Promise<Result<SaleFacts, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const amount = checkAmount(run.order.amountMinor, shop.currency);
  if (!amount.ok) return err(amountRefusal(amount.error));
  const untilMs = parts.clock.monotonicMs() + run.order.timeoutMs;
  for (let trouble: TillError | null = null; ; ) {
    const tap = await awaitTap(parts, run, untilMs, trouble);
    if (!tap.ok) return tap;
    const sold = await oneTap(parts, acting, shop, run, tap.value);
    if (sold.ok) return sold.value.cardPending ? awaitSameCard(parts, shop, run, sold.value, untilMs) : sold;
    // The card or its reader was pulled before anything was written: nothing has happened, the same wait goes on.
    if (!isPulled(sold.error)) return sold;
    trouble = sold.error;
  }
}

const isPulled = ({ type }: TillError): boolean =>
  type === 'CardRemoved' || type === 'ReaderUnavailable' || type === 'CardServiceUnavailable';

function amountRefusal(error: { type: string }): TillError {
  const { type, ...facts } = error as { type: TillError['type'] };
  return tillError(type, facts);
}

/** From the card's opening to the outcome of its write, while the card is lent to nobody else. */
async function oneTap(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  run: SaleRun,
  tap: Tap,
): Promise<Result<SaleFacts, TillError>> {
  const lent = await parts.cards.withCard(async (transport): Promise<Result<SaleFacts, TillError>> => {
    // Another card may have been laid down between the tap and the loan: it is the one that is used now.
    parts.taps.use(parts.cards.state().presence);
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (!opened.ok) return refuse(parts, acting, shop, run, opened.error);
    if (parts.feed.isBlocked(opened.value.cardNumber)) {
      const blocked = tillError('CardBlocked', { cardNumber: opened.value.cardNumber });
      return refuse(parts, acting, shop, run, blocked);
    }
    const settled = await settleOpenWrites(parts, opened.value);
    if (!settled.ok) return refuse(parts, acting, shop, run, settled.error);
    return writeSale(parts, acting, shop, run, tap, { ...opened.value, newest: settled.value.newest });
  });
  return lent.ok ? lent.value : err(refusalOf(lent.error));
}

/** The intent, durable; then the card; then the outcome, durable (invariant 6). */
async function writeSale(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  run: SaleRun,
  tap: Tap,
  card: OpenedCard,
): Promise<Result<SaleFacts, TillError>> {
  const points = pointsFor(shop.programme, run.order.amountMinor);
  const record = earnRecord(card.newest, { ...run.order, points, wallMs: parts.clock.wallMs() });
  if (!fitsOnCard(record)) return refuse(parts, acting, shop, run, tillError('AmountTooLarge', roomOnCard(card, shop)));
  const intent = parts.journal.append([saleEntry(parts, acting, shop, run.order, { card, record, points })]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  const written = await card.session.write(record);
  const applied = written.ok && (await card.session.commit()).ok;
  return concludeWrite(parts, run, tap, card, applied);
}

function concludeWrite(
  parts: LoyaltyParts,
  run: SaleRun,
  tap: Tap,
  card: OpenedCard,
  applied: boolean,
): Result<SaleFacts, TillError> {
  const { exchanges } = card.session;
  const tapToResultMs = Math.round(parts.clock.monotonicMs() - tap.atMs);
  // A disk that filled up since the intent keeps the outcome out of the journal; the next tap settles it from the card.
  parts.journal.append([
    {
      kind: 'card.outcome',
      intention: run.order.intention,
      staff: null,
      role: null,
      postings: [],
      body: { cardNumber: card.cardNumber, outcome: applied ? 'applied' : 'unknown', exchanges, tapToResultMs },
    },
  ]);
  return recordedSale(parts, run.order.intention, { cardPending: !applied, exchanges, tapToResultMs });
}

/** A card that fails a check is a fact too: it goes on record with the checks it passed (T36). A pulled card is none. */
function refuse(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  run: SaleRun,
  error: TillError,
): Result<never, TillError> {
  const checks = checksBefore(error);
  if (checks.length === 0) return err(error);
  parts.journal.append([refusedEntry(acting, shop, run.order, error, checks)]);
  return err(error);
}
