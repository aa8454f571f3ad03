import type { Check } from '#contract/journal/kinds.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { nextGift } from '#contract/loyalty/programme.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { EntryDraft } from '../store/index.ts';
import type { OpenedCard } from './open-card.ts';
import type { Acting, LoyaltyParts, ShopAtTill } from './parts.ts';
import { passedChecks } from './refusals.ts';
import type { SaleOrder } from './sale-run.ts';

/** The sale as a fact: the durable intent of the card write and of the ticket, and all that its answer will say. */
export function saleEntry(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: SaleOrder,
  { card, record, points }: { card: OpenedCard; record: CardRecord; points: number },
): EntryDraft<'loyalty.sale'> {
  const account = `card:${card.cardNumber}`;
  const spend = `spend:${shop.currency}`;
  const loyaltyPoints = `points:${shop.programme.id}`;
  return {
    kind: 'loyalty.sale',
    intention: order.intention,
    staff: acting.code,
    role: acting.role,
    postings: [
      { account, commodity: loyaltyPoints, amount: points },
      { account: 'shop:issued', commodity: loyaltyPoints, amount: -points },
      { account, commodity: spend, amount: order.amountMinor },
      { account: 'shop:turnover', commodity: spend, amount: -order.amountMinor },
    ],
    body: {
      cardNumber: card.cardNumber,
      programme: shop.programme.id,
      rulesVersion: shop.programme.version,
      amountMinor: order.amountMinor,
      currency: shop.currency,
      points,
      balance: record.balancePoints,
      totalSpendMinor: record.totalSpendMinor,
      cardCounter: record.counter,
      lastVisitMs: card.newest.operation === 'issue' ? null : card.newest.timeSeconds * 1000,
      nextGift: nextGift(shop.programme, record.balancePoints),
      source: order.source,
      receiptNumber: order.receiptNumber,
      ticketNumber: ticketNumber(parts, shop),
      checks: passedChecks,
    },
  };
}

/** A card that failed a check, with the checks it passed before (T36). */
export function refusedEntry(
  acting: Acting,
  shop: ShopAtTill,
  order: SaleOrder,
  error: TillError,
  checks: Check[],
): EntryDraft<'loyalty.refused'> {
  const cardNumber = error.facts?.cardNumber;
  return {
    kind: 'loyalty.refused',
    intention: order.intention,
    staff: acting.code,
    role: acting.role,
    postings: [],
    body: {
      reason: error.type,
      cardNumber: typeof cardNumber === 'string' ? cardNumber : null,
      amountMinor: order.amountMinor,
      currency: shop.currency,
      checks,
    },
  };
}

/** `2-18447`: the till and the entry it names. A restored till says its epoch too, so that no number comes twice. */
function ticketNumber(parts: LoyaltyParts, shop: ShopAtTill): string {
  const head = parts.reader.head();
  const epoch = head && head.epoch > 1 ? `.${head.epoch}` : '';
  return `${shop.ticketPrefix}${epoch}-${(head?.seq ?? 0) + 1}`;
}
