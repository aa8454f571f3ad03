import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { Tender } from '#contract/journal/kinds/loyalty.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { CardLedger, FoundOperation } from '#contract/till/loyalty.ts';
import { centralBase } from './errors.ts';

const terminal = { terminal: Uuid };
const Hex = z
  .string()
  .regex(/^(?:[0-9a-f]{2})*$/)
  .max(600);

/** What the server is asked to do to a card through the till. */
export const RelayPurpose = z.discriminatedUnion('do', [
  /** A blank (or half-made) card becomes a card of the network with this shop's application. `cardNumber` null: the next of the lot. */
  z.object({ do: z.literal('issue'), cardNumber: CardNumber.nullable() }),
  /** A card of the network gets this shop's application. */
  z.object({ do: z.literal('join') }),
  /** The cardholder's PIN becomes this one; null removes it. `pin`: the one of now; null where a manager has approved. */
  z.object({ do: z.literal('set-pin'), newPin: z.string().max(12).nullable(), pin: z.string().max(12).nullable() }),
  /** The tries of the PIN are given back, on the card and at the server; a manager has approved. */
  z.object({ do: z.literal('unblock-pin') }),
  /** The card's own key is not that of the PIN of now: it follows. `pin`: the one of now, which the server has found right; null: none is set. */
  z.object({ do: z.literal('follow-pin'), pin: z.string().max(12).nullable() }),
  /** What other shops of the network have still to write on the card is settled, each in its own application. */
  z.object({ do: z.literal('settle-elsewhere') }),
]);
export type RelayPurpose = z.infer<typeof RelayPurpose>;

/** One step: an APDU for the card, or the end. The same step asked again gets the same answer. */
export const RelayStep = z.discriminatedUnion('state', [
  z.object({ state: z.literal('apdu'), relay: Uuid, step: z.int().nonnegative(), apdu: Hex }),
  z.object({
    state: z.literal('done'),
    relay: Uuid,
    cardNumber: CardNumber,
    /** False: the card had all this already, and nothing was changed. */
    changed: z.boolean(),
    /** The first record on the card: welcome bonus included. */
    points: z.int(),
    balance: z.int(),
    cardCounter: z.int(),
    rulesVersion: z.int(),
  }),
]);
export type RelayStep = z.infer<typeof RelayStep>;

/** What a till asks the server about cards, signed as all its requests are. */
export const tillCardsContract = {
  /** The ledger of a card in this shop, with its last 50 operations there. NotFound: no such card in this network. */
  show: centralBase
    .route({
      method: 'GET',
      path: '/v1/terminals/{terminal}/cards/{cardNumber}',
      summary: "A card's ledger in this shop",
    })
    .input(z.object({ ...terminal, cardNumber: CardNumber }))
    .output(z.object({ cardNumber: CardNumber, ledger: CardLedger })),
  /** A sale or spending of any till of this shop, by intention or ticket number, with what is left of it. */
  operation: centralBase
    .route({
      method: 'GET',
      path: '/v1/terminals/{terminal}/operations/{key}',
      summary: 'An operation of this shop, for its reversal',
    })
    .input(z.object({ ...terminal, key: z.string().max(60) }))
    .output(
      FoundOperation.extend({
        terminal: Uuid,
        epoch: z.int(),
        seq: z.int(),
        cardCounter: z.int(),
        programme: z.string(),
        /** Its points without what came with it: all that goes back when all of it does. Absent: the whole of them. */
        ownPoints: z.int().optional(),
        /** How a purchase was paid, and is given back; absent: in cash. */
        tender: Tender.optional(),
        /** Of a spending: the card never had it, or nobody knows yet. Absent: the card has it. */
        doubt: z.enum(['unknown', 'not-applied', 'quarantined']).optional(),
      }),
    ),
  /** May this card spend so many points now? Looks at the ledger and, with its limit of tries, at the PIN. */
  checkSpend: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/cards/{cardNumber}/spend-checks',
      summary: 'Checks PIN and ledger before points are spent',
    })
    .input(
      z.object({
        ...terminal,
        cardNumber: CardNumber,
        intention: Uuid,
        points: z.int().positive(),
        pin: z.string().max(12).nullable(),
      }),
    )
    .output(
      z.object({
        pin: z.enum(['not-set', 'passed', 'required', 'wrong', 'blocked']),
        triesLeft: z.int().nullable(),
        status: CardLedger.shape.status,
        /** The PIN passed, or none is set, and the card's own key may be that of another: it can follow while the card lies here. */
        keyBehind: z.boolean().optional(),
        /** Null: this shop's ledger has not heard of the card yet, and only the card knows. */
        ledgerBalance: z.int().nullable(),
      }),
    ),
  openRelay: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/card-relays',
      summary: 'Begins work on a card that lies at the till',
    })
    .input(z.object({ ...terminal, intention: Uuid, uid: z.string().regex(/^[0-9a-f]{14}$/), purpose: RelayPurpose }))
    .output(RelayStep),
  /** The card's answer to `step`. Sent again, it gets the same next step. */
  nextRelayStep: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/card-relays/{relay}/steps',
      summary: "Hands the card's answer over, gets the next APDU",
    })
    .input(z.object({ ...terminal, relay: Uuid, step: z.int().nonnegative(), answer: Hex }))
    .output(RelayStep),
};
