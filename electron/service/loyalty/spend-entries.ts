import type { Reward } from '#contract/journal/kinds/loyalty.ts';
import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { nextGift } from '#contract/loyalty/programme.ts';
import type { Acting } from '../acting.ts';
import type { EntryDraft } from '../store/index.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import type { PinVerdict } from './pin.ts';
import { pointsPostings } from './postings.ts';
import { passedChecks } from './refusals.ts';
import type { SpendOrder } from './sale-run.ts';
import { nextTicketNumber } from './ticket-number.ts';

type Spent = { cardNumber: string; record: CardRecord; reward: Reward; pin: PinVerdict['by'] };

/** The spending as a fact: the durable intent of the card write and of the ticket, and all that its answer will say. */
export function spendEntry(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: SpendOrder,
  { cardNumber, record, reward, pin }: Spent,
): EntryDraft<'loyalty.spend'> {
  const { programme, currency } = shop;
  const at = { wallMs: parts.rulesMs(), timeZone: parts.timeZone };
  return {
    kind: 'loyalty.spend',
    intention: order.intention,
    staff: acting.code,
    role: acting.role,
    postings: pointsPostings(cardNumber, programme.id, record.deltaPoints),
    body: {
      cardNumber,
      programme: programme.id,
      rulesVersion: programme.version,
      reward,
      currency,
      points: record.deltaPoints,
      balance: record.balancePoints,
      totalSpendMinor: record.totalSpendMinor,
      cardCounter: record.counter,
      nextGift: nextGift(programme, record.balancePoints, at),
      pin,
      source: order.source,
      ticketNumber: nextTicketNumber(parts, shop),
      checks: passedChecks(pin === 'not-set' ? 'not-asked' : 'passed'),
      approvedBy: order.approvedBy,
    },
  };
}
