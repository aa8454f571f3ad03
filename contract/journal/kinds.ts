import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';

/** T36: what is looked at when a card is laid down, in this order; each outcome is recorded. */
export const checkNames = ['authentic', 'network', 'status', 'pin', 'limits'] as const;
export const Check = z.strictObject({
  check: z.enum(checkNames),
  outcome: z.enum(['passed', 'refused', 'not-asked']),
});
export type Check = z.infer<typeof Check>;

const CardNumber = z.string().regex(/^\d{10}$/);
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const points = z.int().min(-8_388_608).max(8_388_607);

/** The first entry of every epoch: who writes this journal, with which key. */
const terminalOpened = z.strictObject({
  tenant: Uuid,
  place: z.string().max(120),
  publicKey: z.string().max(200),
  previousHead: z.strictObject({ epoch: z.int().positive(), seq: z.int().positive(), hash: Hash }).nullable(),
});

/** A purchase that earns points. It is also the durable intent of the card write and of the ticket. */
const loyaltySale = z.strictObject({
  cardNumber: CardNumber,
  programme: z.string().max(40),
  rulesVersion: z.int().positive(),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  points,
  balance: z.int(),
  totalSpendMinor: z.int().nonnegative(),
  cardCounter: z.int().positive(),
  /** When this card was here before, as the card says; and what it is saving for. Kept so that the first answer can be given again. */
  lastVisitMs: z.int().nullable(),
  nextGift: z
    .strictObject({
      name: z.strictObject({ fr: z.string().max(80), en: z.string().max(80) }),
      points: z.int().positive(),
      missing: z.int().nonnegative(),
    })
    .nullable(),
  source: z.enum(['keyboard', 'register', 'command']),
  receiptNumber: z.string().max(20).nullable(),
  ticketNumber: z.string().max(20),
  checks: z.array(Check).max(checkNames.length),
});

/** A card that was refused: nothing was changed, and the reason stays on record. */
const loyaltyRefused = z.strictObject({
  reason: z.string().max(60),
  cardNumber: CardNumber.nullable(),
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  checks: z.array(Check).max(checkNames.length),
});

/** What became of a card write. `unknown` is settled by a later outcome, at the card's next tap. */
const cardOutcome = z.strictObject({
  cardNumber: CardNumber,
  outcome: z.enum(['applied', 'not-applied', 'unknown', 'quarantined']),
  exchanges: z.int().nonnegative(),
  tapToResultMs: z.int().nonnegative().nullable(),
});

/** A ticket is to be printed once more: the durable intent of that copy, which counts from here on, whatever the printer does. */
const ticketCopy = z.strictObject({ ticketNumber: z.string().max(20), copy: z.int().positive() });

/** What became of a print. `sent`: the printer cannot report. `unknown` is never retried by itself. */
const ticketOutcome = z.strictObject({
  ticketNumber: z.string().max(20),
  outcome: z.enum(['confirmed', 'failed', 'unknown', 'sent', 'no-printer']),
  why: z.string().max(60).nullable(),
  copy: z.int().nonnegative(),
});

const staffSignedIn = z.strictObject({ by: z.enum(['pin', 'badge']) });

/**
 * The body of each kind of entry. `acts`: at most one such entry per intention, for ever. `operation`: what a person at the
 * counter calls one, and counts; what became of its effects, or who signed in, is on record beside it.
 */
export const entryKinds = {
  'terminal.opened': { body: terminalOpened, acts: true, operation: false },
  'staff.signed-in': { body: staffSignedIn, acts: true, operation: false },
  'loyalty.sale': { body: loyaltySale, acts: true, operation: true },
  'loyalty.refused': { body: loyaltyRefused, acts: false, operation: false },
  'card.outcome': { body: cardOutcome, acts: false, operation: false },
  'ticket.copy': { body: ticketCopy, acts: true, operation: false },
  'ticket.outcome': { body: ticketOutcome, acts: false, operation: false },
} as const;

export type EntryKind = keyof typeof entryKinds;
export type EntryBody<K extends EntryKind> = z.infer<(typeof entryKinds)[K]['body']>;
