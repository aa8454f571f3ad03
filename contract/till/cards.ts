import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { cardholderPinForm } from '#contract/loyalty/cardholder-pin.ts';
import { ApprovalAsked, CardLedger, refusals } from './loyalty.ts';

const base = oc.errors(refusals);
const approval = ApprovalAsked.nullable().default(null);
/** Four to eight digits, chosen by the cardholder. */
export const CardholderPin = z.string().regex(cardholderPinForm);
const wait = { timeoutMs: z.int().min(1_000).max(300_000).default(30_000) };

export const IssuedCard = z.object({
  entry: z.string(),
  seq: z.int(),
  cardNumber: z.string(),
  uid: z.string(),
  /** `issued`: a blank became a card. `joined`: a card of the network got this shop's application. `already`: it had it. */
  how: z.enum(['issued', 'joined', 'already']),
  points: z.int(),
  balance: z.int(),
  exchanges: z.int(),
  /** From the tap to the working card. */
  tapToResultMs: z.int(),
});
export type IssuedCard = z.infer<typeof IssuedCard>;

/** What happens while a card is made or changed through the server, in order. */
export const CardWorkEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('present-card'), untilMs: z.number() }),
  z.object({ stage: z.literal('remove-card') }),
  z.object({ stage: z.literal('reading') }),
  /** Exchanges so far; the whole is known only roughly. */
  z.object({ stage: z.literal('working'), exchanges: z.int() }),
  /** Pulled half-way: the same card, laid down again, is gone on with. */
  z.object({ stage: z.literal('present-card-again'), untilMs: z.number() }),
  z.object({ stage: z.literal('issued'), card: IssuedCard }),
  z.object({ stage: z.literal('done'), cardNumber: z.string() }),
]);
export type CardWorkEvent = z.infer<typeof CardWorkEvent>;

/** Cards themselves: made, blocked, replaced, merged, and their PIN. */
export const cardsContract = {
  /** A blank card, or one of the network that is new here, becomes a working card of this shop. Needs the link. */
  issue: base
    .input(
      z.object({
        intention: Uuid,
        /** Printed on the card; null: the next of the shop's lot. */
        cardNumber: CardNumber.nullable().default(null),
        useCardAsItLies: z.boolean().default(false),
        ...wait,
      }),
    )
    .output(eventIterator(CardWorkEvent)),
  /** A card by its number: the hot list from this till's own copy, the rest from the server. */
  find: base.input(z.object({ cardNumber: CardNumber })).output(
    z.object({
      cardNumber: CardNumber,
      blocked: z.boolean(),
      /** When this till's hot list was last brought up to date; null: never. */
      hotListAtMs: z.number().nullable(),
      ledger: CardLedger.nullable(),
    }),
  ),
  block: base
    .input(
      z.object({
        intention: Uuid,
        cardNumber: CardNumber,
        blocked: z.boolean().default(true),
        reason: z.enum(['lost', 'stolen', 'damaged', 'other', 'found']),
        approval,
      }),
    )
    .output(z.object({ entry: z.string(), seq: z.int(), cardNumber: z.string(), blocked: z.boolean() })),
  /** Moves one card's balance to another and blocks the first. Needs the link, for the ledger says how much. */
  replace: base
    .input(
      z.object({
        intention: Uuid,
        how: z.enum(['replace', 'merge']),
        fromCard: CardNumber,
        toCard: CardNumber,
        approval,
      }),
    )
    .output(
      z.object({
        entry: z.string(),
        seq: z.int(),
        fromCard: z.string(),
        toCard: z.string(),
        points: z.int(),
        /** The second card is put right at once where it lies on the reader, else at its next tap. */
        card: z.enum(['applied', 'pending']),
        /** The other shops' balances follow at once, or once the network has said yes: the card is another shop's. */
        elsewhere: z.enum(['moves', 'waits']),
      }),
    ),
  /** Sets, changes or removes (null) the cardholder's PIN, with the card on the reader. Needs the link. */
  setPin: base
    .input(
      z.object({
        intention: Uuid,
        newPin: CardholderPin.nullable(),
        /** The PIN of now, where one is set; a manager's approval instead, where the customer has forgotten it. */
        pin: z.string().max(12).nullable().default(null),
        approval,
        useCardAsItLies: z.boolean().default(false),
        ...wait,
      }),
    )
    .output(eventIterator(CardWorkEvent)),
  /** Gives the tries back after too many wrong ones, with the card on the reader and a manager's approval. */
  unblockPin: base
    .input(z.object({ intention: Uuid, approval, useCardAsItLies: z.boolean().default(false), ...wait }))
    .output(eventIterator(CardWorkEvent)),
};
