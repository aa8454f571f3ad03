import { fitsOnCard } from '#contract/loyalty/card-record.ts';
import { type PurchasePoints, purchasePoints } from '#contract/loyalty/programme.ts';
import { recordAfter } from '#contract/loyalty/torn-writes.ts';
import { checkAmount } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import { type CardWrite, writeAtCard } from './at-card.ts';
import { rememberBirthday } from './birthday-given.ts';
import { roomOnCard } from './card-room.ts';
import type { OpenedCard } from './open-card.ts';
import type { LoyaltyParts, PinToFollow, ShopAtTill } from './parts.ts';
import { judgePin, type PinVerdict } from './pin.ts';
import { tellAndPrint } from './print-ticket.ts';
import type { Recorded } from './recorded.ts';
import { checksBefore } from './refusals.ts';
import { recordRefusal } from './refused-entry.ts';
import { saleEntry } from './sale-entries.ts';
import type { SaleOrder, SaleRun } from './sale-run.ts';

/**
 * One purchase that earns points: wait for the card, open it, compute, make the intent durable, write the card,
 * make the outcome durable, print. Tells `run` each step; its end is `run.finish`.
 * Once the intent is in the journal the sale stands, whatever becomes of the card or the ticket.
 */
export async function sell(parts: LoyaltyParts, acting: Acting, run: SaleRun, order: SaleOrder): Promise<void> {
  const sold = await takeCard(parts, acting, run, order);
  if (!sold.ok) return run.finish(sold);
  rememberBirthday(parts, sold.value.entry);
  await tellAndPrint(parts, acting, run, sold.value);
}

async function takeCard(
  parts: LoyaltyParts,
  acting: Acting,
  run: SaleRun,
  order: SaleOrder,
): Promise<Result<Recorded, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const amount = checkAmount(order.amountMinor, shop.currency);
  if (!amount.ok) return err(amountRefusal(amount.error));
  if (order.excludedMinor > order.amountMinor) {
    return err(tillError('AmountTooLarge', { maxAmountMinor: order.amountMinor, currency: shop.currency }));
  }
  let follow: PinToFollow | null = null;
  return writeAtCard(parts, shop, run, {
    acting,
    async prepare(card) {
      const verdict = await pinOfPurchase(parts, run, order, card);
      if (!verdict.ok) return verdict;
      follow = verdict.value?.follow ?? null;
      const pin = verdict.value === null || verdict.value.by === 'not-set' ? 'not-asked' : 'passed';
      return prepareSale(parts, acting, shop, order, card, pin);
    },
    refused: (error) => recordRefusal(parts, acting, shop, order, error, order.amountMinor, checksBefore(error)),
    pinToFollow: () => follow,
  });
}

function amountRefusal(error: { type: string }): TillError {
  const { type, ...facts } = error as { type: TillError['type'] };
  return tillError(type, facts);
}

async function prepareSale(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: SaleOrder,
  card: OpenedCard,
  pin: 'passed' | 'not-asked',
): Promise<Result<CardWrite, TillError>> {
  const wallMs = parts.rulesMs();
  const earned = earnedBy(parts, shop, order, card, wallMs);
  const { intention, amountMinor } = order;
  const record = recordAfter(card.newest, {
    operation: 'earn',
    intention,
    points: earned.points,
    spendMinor: amountMinor,
    wallMs,
  });
  if (!fitsOnCard(record)) return err(tillError('AmountTooLarge', roomOnCard(card, shop)));
  return ok({ draft: saleEntry(parts, acting, shop, order, { card, record, earned, pin }), record });
}

/** A large purchase asks for the cardholder's PIN, where one is set. Null: it is not large. */
async function pinOfPurchase(
  parts: LoyaltyParts,
  run: SaleRun,
  { intention, amountMinor, pin }: SaleOrder,
  card: OpenedCard,
): Promise<Result<PinVerdict | null, TillError>> {
  const { pinAboveAmountMinor } = parts.feed.settings();
  if (pinAboveAmountMinor === null || amountMinor <= pinAboveAmountMinor) return ok(null);
  if (parts.central()) run.emit({ stage: 'keep-card', why: 'checking' });
  return judgePin(parts, card, { intention, pin, points: 0, mustBeSet: false });
}

function earnedBy(
  { feed, timeZone }: LoyaltyParts,
  { programme }: ShopAtTill,
  { amountMinor, excludedMinor }: SaleOrder,
  { cardNumber, newest }: OpenedCard,
  wallMs: number,
): PurchasePoints {
  const member = feed.member(cardNumber);
  return purchasePoints(programme, {
    amountMinor,
    excludedMinor,
    wallMs,
    timeZone,
    card: {
      balance: newest.balancePoints,
      lastVisitMs: newest.timeSeconds * 1000,
      // A first record that holds points holds the welcome.
      firstVisit: newest.operation === 'issue' && newest.deltaPoints === 0,
    },
    birthday: member?.birthday ?? null,
    birthdayBonusYear: member?.birthdayBonusYear ?? null,
  });
}
