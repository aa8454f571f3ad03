import { z } from 'zod';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import { CardholderPin } from '#contract/till/cards.ts';
import { centralBase as base } from './errors.ts';

/** What a card did in a shop, as its holder reads it. */
export const CardholderOperation = z.object({
  kind: z.enum(['sale', 'spend', 'reversal', 'moved-in', 'moved-out', 'issued']),
  wallTime: z.string(),
  ticketNumber: z.string().nullable(),
  amountMinor: z.int(),
  points: z.int(),
});
export type CardholderOperation = z.infer<typeof CardholderOperation>;

export const CardholderShop = z.object({
  name: z.string(),
  currency: CurrencyCode,
  balance: z.int(),
  totalSpendMinor: z.int(),
  /** Has this shop a PIN of the card? */
  hasPin: z.boolean(),
  /** The PIN was changed here, and the card has still to take it over at this shop's counter. */
  keyBehind: z.boolean(),
  /** The last ones, newest first. */
  operations: z.array(CardholderOperation),
});
export type CardholderShop = z.infer<typeof CardholderShop>;

export const CardholderCard = z.object({
  cardNumber: CardNumber,
  status: z.enum(['active', 'blocked', 'replaced']),
  /** Where the card was used, the last first. */
  shops: z.array(CardholderShop),
});
export type CardholderCard = z.infer<typeof CardholderCard>;

/** The cardholder's own page (T31): one card, in all the shops of its network. */
export const cardholderContract = {
  signIn: base
    .route({
      method: 'POST',
      path: '/v1/portal/sessions',
      summary: "A session of half an hour, with a card's number and its PIN. One answer for all that is wrong",
    })
    .input(z.object({ network: z.int().min(1).max(65_535), cardNumber: CardNumber, pin: z.string().max(12) }))
    .output(z.object({ token: z.string(), expiresAtMs: z.int() })),
  signOut: base
    .route({ method: 'DELETE', path: '/v1/portal/sessions', summary: 'Ends the session' })
    .output(z.object({ done: z.literal(true) })),
  card: base
    .route({ method: 'GET', path: '/v1/portal/card', summary: 'Balances and last operations in each shop' })
    .output(CardholderCard),
  /** There is no way back here: a card that is found again is put back by a shop that sees it. */
  declareLost: base
    .route({
      method: 'POST',
      path: '/v1/portal/card/loss',
      summary: 'The card is lost: every till of the network refuses it',
    })
    .output(CardholderCard),
  /**
   * The PIN that the server checks, at once, in every shop that knew the old one. The card's own, for when there is no link,
   * follows at each of these shops when the new PIN is given there with a link. Everyone else signed in with this card is signed out.
   */
  changePin: base
    .route({ method: 'PUT', path: '/v1/portal/card/pin', summary: 'Another PIN' })
    .input(z.object({ pin: z.string().max(12), newPin: CardholderPin }))
    /** `shops`: in how many it is another now; 0: it was this one already. */
    .output(z.object({ shops: z.int() })),
};
