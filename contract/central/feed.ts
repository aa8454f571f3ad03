import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { Points } from '#contract/journal/kinds/shapes.ts';
import { Programme } from '#contract/loyalty/programme.ts';
import { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { Language } from '#contract/money/index.ts';
import { Role } from '#contract/till/state.ts';

/**
 * A write that has still to reach a card: of a reversal, of a balance that moved, of a sale torn at another till.
 * Whichever till sees the card next does it, and says so by a `card.outcome` of the same intention.
 */
export const OpenWrite = z.object({
  intention: Uuid,
  cardNumber: z.string(),
  operation: z.enum(['earn', 'spend', 'adjust']),
  points: Points,
  spendMinor: z.int(),
  /** It cannot stand on the card below this counter. */
  cardCounter: z.int().positive(),
  wallMs: z.int(),
});
export type OpenWrite = z.infer<typeof OpenWrite>;

/** What a till needs to know of a cardholder: no name. */
export const CardMember = z.object({
  item: z.literal('member'),
  cardNumber: z.string(),
  /** MM-DD, for the birthday bonus; and the year it was last given in. */
  birthday: z
    .string()
    .regex(/^\d\d-\d\d$/)
    .nullable(),
  birthdayBonusYear: z.int().nullable(),
  /** The ticket's language; null: the shop's. */
  language: Language.nullable(),
  /** Wants the ticket by e-mail in place of paper. */
  ticketByEmail: z.boolean(),
});

/** What a terminal needs to work alone. The pull feed sends the items that changed since the cursor. */
export const FeedItem = z.discriminatedUnion('item', [
  z.object({ item: z.literal('programme'), programme: Programme }),
  z.object({
    item: z.literal('staff'),
    code: z.string().max(32),
    name: z.string().max(80),
    role: Role,
    /** Argon2id in PHC text; sealed again at rest by the terminal. */
    pinHash: z.string().max(300),
    active: z.boolean(),
    /** SHA-256 (hex) of the badge's text, so that the badge signs in offline; null or absent: none. */
    badgeHash: z.string().max(64).nullable().optional(),
  }),
  z.object({ item: z.literal('settings'), settings: ShopSettings }),
  /** `replacedBy`: the card that this one's balance and accounts went to; it is out of use until a later item says otherwise. */
  z.object({
    item: z.literal('blocked-card'),
    cardNumber: z.string(),
    blocked: z.boolean(),
    replacedBy: z.string().optional(),
  }),
  /** The PIN was changed away from the card, or nobody saw a change at a counter to its end: without a link the card is not to be asked. */
  z.object({ item: z.literal('key-behind'), cardNumber: z.string(), behind: z.boolean() }),
  /** A write of another shop waits for a card that is known here: a till with a link lets the server settle it. Names it alone. */
  z.object({ item: z.literal('card-waits'), cardNumber: z.string(), intention: Uuid, waits: z.boolean() }),
  /**
   * `settled`: the card has it, or a person has decided; there is nothing to write any more. `outcome`: how another till found it,
   * for the one in whose journal it still stands open; absent where nobody saw the card.
   */
  z.object({
    item: z.literal('open-write'),
    write: OpenWrite,
    settled: z.boolean(),
    outcome: z.enum(['applied', 'not-applied', 'quarantined']).optional(),
  }),
  CardMember,
]);
export type FeedItem = z.infer<typeof FeedItem>;
