import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { CardTransport } from '#native/cards/transport.ts';
import type { Acting } from '../acting.ts';
import type { EntryDraft } from '../store/index.ts';
import { recordCardOutcome } from './card-outcome.ts';
import { type OpenedCard, openCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow, ShopAtTill } from './parts.ts';
import { type Recorded, recordedOperation } from './recorded.ts';
import { isRefusedWish, outOfUse, refusalOf, storeRefusal } from './refusals.ts';
import type { SaleRun } from './sale-run.ts';
import { awaitSameCard } from './same-card.ts';
import { type Settled, settleOpenWrites } from './settle.ts';
import { awaitTap, type Tap } from './tap.ts';

/** The intent as it will be durable, and the record that follows it to the card. */
export type CardWrite = { draft: EntryDraft<'loyalty.sale'> | EntryDraft<'loyalty.spend'>; record: CardRecord };

/** What a sale and a spending do differently at the same card. */
export type AtCard = {
  acting: Acting;
  /** The card is open, not blocked and settled: may this be done with it, and what is to be written? */
  prepare(card: OpenedCard): Promise<Result<CardWrite, TillError>>;
  /** The card, or what was wanted of it, was refused. */
  refused(error: TillError): void;
  /** The PIN that was judged at `prepare`, where the card's own key has still to follow it. */
  pinToFollow(): PinToFollow | null;
};

/**
 * Waits for a card, opens it, settles what was left open on it, makes the intent durable, writes the card, makes the outcome
 * durable. Once the intent is in the journal a torn card is awaited for the rest of the time.
 */
export async function writeAtCard(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  run: SaleRun,
  act: AtCard,
): Promise<Result<Recorded, TillError>> {
  const untilMs = parts.clock.monotonicMs() + run.order.timeoutMs;
  for (let trouble: TillError | null = null; ; ) {
    const tap = await awaitTap(parts, run, untilMs, trouble);
    if (!tap.ok) return tap;
    const written = await oneTap(parts, shop, run, act, tap.value);
    if (written.ok) {
      const torn = { recorded: written.value, untilMs, follow: act.pinToFollow() };
      return written.value.cardPending ? awaitSameCard(parts, shop, run, torn) : written;
    }
    // The card or its reader was pulled before anything was written: nothing has happened, the same wait goes on.
    if (!isPulled(written.error)) return written;
    trouble = written.error;
  }
}

const isPulled = ({ type }: TillError): boolean =>
  type === 'CardRemoved' || type === 'ReaderUnavailable' || type === 'CardServiceUnavailable';

/** From the card's opening to the outcome of its write, while the card is lent to nobody else. */
async function oneTap(
  parts: LoyaltyParts,
  shop: ShopAtTill,
  run: SaleRun,
  act: AtCard,
  tap: Tap,
): Promise<Result<Recorded, TillError>> {
  const refuse = (error: TillError): Result<never, TillError> => {
    act.refused(error);
    return err(error);
  };
  const lent = await parts.cards.withCard(async (transport): Promise<Result<Recorded, TillError>> => {
    // Another card may have been laid down between the tap and the loan: it is the one that is used now.
    parts.taps.use(parts.cards.state().presence);
    const ready = await readyCard(parts, act.acting, shop, run, transport);
    if (!ready.ok) return refuse(ready.error);
    const { card } = ready.value;
    const write = await act.prepare(card);
    const done = write.ok ? await writeOut(parts, run, tap, ready.value, write.value) : refuse(write.error);
    const mayGoOn = done.ok ? !done.value.cardPending : isRefusedWish(done.error);
    if (mayGoOn) await parts.afterOperation?.(card, act.pinToFollow());
    return done;
  });
  return lent.ok ? lent.value : err(refusalOf(lent.error));
}

type Ready = { card: OpenedCard; settled: Settled['settled'] };

/** T36, in this order: authentic and of this network (by opening it), not on the hot list, nothing left open on it. */
async function readyCard(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  run: SaleRun,
  transport: CardTransport,
): Promise<Result<Ready, TillError>> {
  const opened = await openedHere(parts, acting, shop, run, transport);
  if (!opened.ok) return opened;
  const { cardNumber } = opened.value;
  const out = outOfUse(parts.feed, cardNumber);
  if (out) return err(out);
  const settled = await settleOpenWrites(parts, opened.value);
  if (!settled.ok) return settled;
  return ok({ card: { ...opened.value, newest: settled.value.newest }, settled: settled.value.settled });
}

/** A card of the network that has nothing of this shop yet, or only a part of it. */
const isNewHere = ({ type }: TillError): boolean => type === 'CardNewInShop' || type === 'CardNotPrepared';

/** Opens the card; one of the network that is new in this shop gets its place here first, with a link. */
async function openedHere(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  run: SaleRun,
  transport: CardTransport,
): Promise<Result<OpenedCard, TillError>> {
  const opened = await openCard(transport, shop.onCard, parts.randomBytes);
  if (opened.ok || !isNewHere(opened.error) || !parts.joinShop || !parts.central()) return opened;
  const cardNumber = opened.error.facts?.cardNumber;
  const out = typeof cardNumber === 'string' ? outOfUse(parts.feed, cardNumber) : null;
  if (out) return err(out);
  run.emit({ stage: 'keep-card', why: 'joining' });
  const joined = await parts.joinShop(transport, acting);
  if (joined.ok) return openCard(transport, shop.onCard, parts.randomBytes);
  return joined.error.type === 'NeedsLink' ? opened : joined;
}

/** The intent, durable; then the card; then the outcome, durable (invariant 6). */
async function writeOut(
  parts: LoyaltyParts,
  run: SaleRun,
  tap: Tap,
  { card, settled }: Ready,
  { draft, record }: CardWrite,
): Promise<Result<Recorded, TillError>> {
  const intent = parts.journal.append([draft]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  const written = await card.session.write(record);
  const applied = written.ok && (await card.session.commit()).ok;
  const { exchanges } = card.session;
  const tapToResultMs = Math.round(parts.clock.monotonicMs() - tap.atMs);
  // A spending is called unknown only when nobody waits for its card any more: until then no other till may decide on it.
  if (applied || draft.kind === 'loyalty.sale') {
    const outcome = applied ? 'applied' : 'unknown';
    recordCardOutcome(parts, run.order.intention, { cardNumber: card.cardNumber, outcome, exchanges, tapToResultMs });
  }
  return recordedOperation(parts, run.order.intention, { cardPending: !applied, exchanges, tapToResultMs }, settled);
}
