import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { AccountName } from '#contract/journal/kinds/accounts.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';
import { CardLedger } from '#contract/till/loyalty.ts';
import { centralBase } from './errors.ts';

const asked = { terminal: Uuid, cardNumber: CardNumber };

/** A card's accounts in this shop. What is held is promised to a till whose entry has still to come. */
export const CardAccounts = z.object({
  cardNumber: z.string(),
  status: CardLedger.shape.status,
  /** The card that everything of this one went to; null or absent: none. */
  replacedBy: z.string().nullish(),
  pin: CardLedger.shape.pin,
  currency: CurrencyCode,
  purse: z.object({ balanceMinor: z.int(), heldMinor: z.int() }),
  credit: z.object({ owedMinor: z.int(), heldMinor: z.int(), limitMinor: z.int() }),
});
export type CardAccounts = z.infer<typeof CardAccounts>;

/**
 * When and where a till asked, by its own monotonic clock and its journal: its entry can only stand behind this head, in this run
 * of the program, and within {@link holdForMs}. A later entry that does not fit proves that the one asked for will never come.
 */
export const HoldStamp = z.object({
  epoch: z.int().min(1),
  seq: z.int().min(1),
  bootId: Uuid,
  monotonicMs: z.int().nonnegative(),
});
export type HoldStamp = z.infer<typeof HoldStamp>;

/** How long after its question a till may still append the entry. */
export const holdForMs = 60_000;

/** What a till asks about the shop's accounts of a card, signed as all its requests are. */
export const tillAccountsContract = {
  /** NotFound: no such card in this network. */
  accounts: centralBase
    .route({
      method: 'GET',
      path: '/v1/terminals/{terminal}/cards/{cardNumber}/accounts',
      summary: "A card's purse and credit in this shop",
    })
    .input(z.object(asked))
    .output(CardAccounts),
  /**
   * Holds an amount for one intention, once however often it is asked. Refusals: PurseTooLow, CreditLimit, PinRequired, PinWrong,
   * PinBlocked, CardBlocked, CardReplaced (`byCardNumber`), CardUnknown, IntentionReused.
   */
  authorise: centralBase
    .route({
      method: 'POST',
      path: '/v1/terminals/{terminal}/cards/{cardNumber}/account-holds',
      summary: 'Holds an amount of a purse, or of a credit limit, for one intention',
    })
    .input(
      z.object({
        ...asked,
        intention: Uuid,
        account: AccountName,
        amountMinor: AmountMinor,
        pin: z.string().max(12).nullable(),
        stamp: HoldStamp,
      }),
    )
    .output(
      z.object({
        /** After this, all that is held included; of credit what is owed. */
        balanceMinor: z.int(),
        pin: z.enum(['not-set', 'passed']),
        /** As of a spend check: the card's own key can follow its PIN while the card lies here. */
        keyBehind: z.boolean().optional(),
      }),
    ),
};
