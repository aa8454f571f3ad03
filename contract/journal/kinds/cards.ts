import { z } from 'zod';
import { CurrencyCode } from '#contract/money/index.ts';
import { Approval, CardBalance, CardCounter, CardNumber, Points, ProgrammeId, SpendChange } from './shapes.ts';

/** What became of a card write. `unknown` is settled by a later outcome, at the card's next tap. */
export const cardOutcome = z.strictObject({
  cardNumber: CardNumber,
  outcome: z.enum(['applied', 'not-applied', 'unknown', 'quarantined']),
  exchanges: z.int().nonnegative(),
  tapToResultMs: z.int().nonnegative().nullable(),
  /** Where the record stands on the card, and the balance it holds there; absent: as the intent said. */
  cardCounter: CardCounter.positive().optional(),
  balance: CardBalance.optional(),
  /** A spending of this very journal that took nothing: so many points, which its day has counted, are there again. */
  givenBackPoints: z.int().positive().optional(),
  /** The money off that it was for, which nobody got. */
  givenBackMinor: z.int().positive().optional(),
});

/**
 * A card that got this shop's application. The card was written before this entry, through the server, which keeps its own
 * record: this is the shop's side of it, with the welcome bonus that the first record holds.
 */
export const cardIssued = z.strictObject({
  cardNumber: CardNumber,
  uid: z.string().regex(/^[0-9a-f]{14}$/),
  programme: ProgrammeId,
  rulesVersion: z.int().positive(),
  /** `issued`: a blank became a card. `joined`: a card of the network came to this shop for the first time. */
  how: z.enum(['issued', 'joined']),
  points: Points.nonnegative(),
  balance: CardBalance,
  cardCounter: CardCounter,
  exchanges: z.int().nonnegative(),
});

/** A card is taken out of use, or put back. The server tells every till of the network. */
export const cardBlocked = z.strictObject({
  cardNumber: CardNumber,
  blocked: z.boolean(),
  reason: z.enum(['lost', 'stolen', 'damaged', 'other', 'found']),
  approvedBy: Approval,
});

/**
 * One card's balance in this shop moves to another card, and the first is blocked: a lost card replaced, or two cards of one
 * customer merged. The durable intent of the write to the second card.
 */
export const cardReplaced = z.strictObject({
  how: z.enum(['replace', 'merge']),
  fromCard: CardNumber,
  toCard: CardNumber,
  programme: ProgrammeId,
  currency: CurrencyCode,
  /** What moves: the change of the second card's balance and total spend. May be negative. */
  points: Points,
  spendMinor: SpendChange,
  /** The write cannot stand on the second card below this counter. */
  cardCounter: CardCounter.positive(),
  /** Another shop's card, as the server said: in the other shops it waits for the network's yes. */
  elsewhere: z.literal('waits').optional(),
  approvedBy: Approval,
});

/** The cardholder's PIN was set, changed or unblocked on the card and at the server. The PIN itself is nowhere. */
export const cardPin = z.strictObject({
  cardNumber: CardNumber,
  what: z.enum(['set', 'changed', 'removed', 'unblocked']),
  approvedBy: Approval,
});
