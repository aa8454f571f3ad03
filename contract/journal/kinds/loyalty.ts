import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';
import {
  Approval,
  CardBalance,
  CardCounter,
  CardNumber,
  Checks,
  GiftName,
  NextGift,
  Points,
  ProgrammeId,
  SpendChange,
  TicketNumber,
  TotalSpend,
} from './shapes.ts';

/** Cash goes into the drawer; anything else does not. */
export const Tender = z.enum(['cash', 'other']);
export type Tender = z.infer<typeof Tender>;

/** A purchase that earns points. It is also the durable intent of the card write and of the ticket. */
export const loyaltySale = z.strictObject({
  cardNumber: CardNumber,
  programme: ProgrammeId,
  rulesVersion: z.int().positive(),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  /** All that this purchase changed: earned, bonuses included, less what had expired. */
  points: Points,
  balance: CardBalance,
  totalSpendMinor: TotalSpend,
  cardCounter: CardCounter.positive(),
  /** When this card was here before, as the card says; and what it is saving for. Kept so that the first answer can be given again. */
  lastVisitMs: z.int().nullable(),
  nextGift: NextGift,
  source: z.enum(['keyboard', 'register', 'command']),
  receiptNumber: z.string().max(20).nullable(),
  ticketNumber: TicketNumber,
  checks: Checks,
  /** Of the amount, what earns nothing (absent: all of it counts). */
  excludedMinor: z.int().nonnegative().optional(),
  /** How it was paid; absent: in cash. */
  tender: Tender.optional(),
  /** Parts of `points` that are not the purchase's own; absent where there are none. */
  extras: z
    .array(z.strictObject({ what: z.enum(['welcome', 'birthday', 'expired']), points: Points }))
    .max(3)
    .optional(),
});

/** A card that was refused: nothing was changed, and the reason stays on record. */
export const loyaltyRefused = z.strictObject({
  reason: z.string().max(60),
  cardNumber: CardNumber.nullable(),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  checks: Checks,
  /** What was asked; absent: a purchase. For points spent `amountMinor` is their number. */
  operation: z.enum(['spend', 'top-up', 'pay', 'refund', 'draw', 'repay']).optional(),
});

/** What points were given for. */
export const Reward = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('gift'), id: z.string().max(40), name: GiftName }),
  /** Money off: the purchase costs this much less. `voucher`: the gift of the programme that gave it; absent: points as money. */
  z.strictObject({
    kind: z.literal('money'),
    amountMinor: AmountMinor,
    voucher: z.strictObject({ id: z.string().max(40), name: GiftName }).optional(),
  }),
]);
export type Reward = z.infer<typeof Reward>;

/** Points taken for a gift or for money off: the durable intent of the card write and of the ticket. */
export const loyaltySpend = z.strictObject({
  cardNumber: CardNumber,
  programme: ProgrammeId,
  rulesVersion: z.int().positive(),
  reward: Reward,
  currency: CurrencyCode,
  /** The change of the balance: negative. */
  points: Points.negative(),
  balance: CardBalance,
  totalSpendMinor: TotalSpend,
  cardCounter: CardCounter.positive(),
  nextGift: NextGift,
  /** Who looked at the cardholder's PIN: the server, the card itself, or nobody (none is set). */
  pin: z.enum(['server', 'card', 'not-set']),
  source: z.enum(['keyboard', 'command']),
  ticketNumber: TicketNumber,
  checks: Checks,
  approvedBy: Approval,
});

/**
 * A sale or a spending taken back, in full or in part. The ledger moves now, the card at its next tap: this entry is the
 * durable intent of that write.
 */
export const loyaltyReversal = z.strictObject({
  reverses: z.strictObject({
    terminal: Uuid,
    epoch: z.int().min(1),
    seq: z.int().min(1),
    intention: Uuid,
    kind: z.enum(['loyalty.sale', 'loyalty.spend']),
    ticketNumber: TicketNumber,
  }),
  cardNumber: CardNumber,
  programme: ProgrammeId,
  currency: CurrencyCode,
  /** Of the purchase, given back to the customer; 0 for a spending. */
  amountMinor: z.int().nonnegative(),
  /** The change of the balance: negative when a purchase goes back, positive when a spending does. */
  points: Points,
  /** The change of the card's total spend: zero or negative. */
  spendMinor: SpendChange.max(0),
  /** Of a spending for money off: so much of that is the shop's again. Absent: none was given. */
  moneyOffMinor: AmountMinor.optional(),
  /** How the amount is given back: as the sale was paid; absent: in cash. */
  tender: Tender.optional(),
  /** Nothing of the operation is left after this. */
  whole: z.boolean(),
  reason: z.string().min(1).max(120),
  /** The write of this cannot stand on the card below this counter. */
  cardCounter: CardCounter.positive(),
  ticketNumber: TicketNumber,
  approvedBy: Approval,
});
