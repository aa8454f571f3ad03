import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { nextGift, type PurchasePoints } from '#contract/loyalty/programme.ts';
import type { Acting } from '../acting.ts';
import type { EntryDraft } from '../store/index.ts';
import type { OpenedCard } from './open-card.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { pointsPostings, spendPostings } from './postings.ts';
import { passedChecks } from './refusals.ts';
import type { SaleOrder } from './sale-run.ts';
import { nextTicketNumber } from './ticket-number.ts';

type Sold = { card: OpenedCard; record: CardRecord; earned: PurchasePoints; pin: 'passed' | 'not-asked' };

/** The sale as a fact: the durable intent of the card write and of the ticket, and all that its answer will say. */
export function saleEntry(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: SaleOrder,
  { card: { cardNumber, newest }, record, earned, pin }: Sold,
): EntryDraft<'loyalty.sale'> {
  const { programme, currency } = shop;
  const { amountMinor, excludedMinor, tender } = order;
  const at = { wallMs: parts.rulesMs(), timeZone: parts.timeZone };
  return {
    kind: 'loyalty.sale',
    intention: order.intention,
    staff: acting.code,
    role: acting.role,
    postings: [
      ...pointsPostings(cardNumber, programme.id, earned.points),
      ...spendPostings(cardNumber, currency, amountMinor),
    ],
    body: {
      cardNumber,
      programme: programme.id,
      rulesVersion: programme.version,
      amountMinor,
      currency,
      points: earned.points,
      balance: record.balancePoints,
      totalSpendMinor: record.totalSpendMinor,
      cardCounter: record.counter,
      lastVisitMs: newest.operation === 'issue' ? null : newest.timeSeconds * 1000,
      nextGift: nextGift(programme, record.balancePoints, at),
      source: order.source,
      receiptNumber: order.receiptNumber,
      ticketNumber: nextTicketNumber(parts, shop),
      checks: passedChecks(pin),
      ...(excludedMinor > 0 ? { excludedMinor } : {}),
      ...(tender ? { tender } : {}),
      ...(earned.extras.length > 0 ? { extras: earned.extras } : {}),
    },
  };
}
