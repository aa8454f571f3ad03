import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { accountActs } from '#contract/accounts/effects.ts';
import { CardAccounts } from '#contract/central/till-accounts.ts';
import { Uuid } from '#contract/ids/index.ts';
import { Tender } from '#contract/journal/kinds/loyalty.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';
import { TillError } from './errors.ts';
import { ApprovalAsked, PrintState, refusals, TicketPreview } from './loyalty.ts';

const base = oc.errors(refusals);

export const AccountResult = z.object({
  entry: z.string(),
  seq: z.int(),
  intention: Uuid,
  act: z.enum(accountActs),
  cardNumber: z.string(),
  amountMinor: z.int(),
  currency: CurrencyCode,
  /** After this; of credit what is owed. Null: only the server knows. */
  balanceMinor: z.int().nullable(),
  ticketNumber: z.string(),
  ticket: TicketPreview,
  print: PrintState,
  why: TillError.nullable(),
});
export type AccountResult = z.infer<typeof AccountResult>;

/** What happens, in order; the last event is `posted`. */
export const AccountEvent = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('present-card'), untilMs: z.number() }),
  z.object({ stage: z.literal('remove-card') }),
  z.object({ stage: z.literal('reading') }),
  /** The server is asked: the card may be taken away. */
  z.object({ stage: z.literal('working'), exchanges: z.int() }),
  z.object({ stage: z.literal('present-card-again'), untilMs: z.number() }),
  z.object({ stage: z.literal('posted'), result: AccountResult }),
]);
export type AccountEvent = z.infer<typeof AccountEvent>;

/** A card's purse and credit in this shop (T28). */
export const accountsContract = {
  /** Needs the link. */
  show: base.input(z.object({ cardNumber: CardNumber })).output(CardAccounts),
  /**
   * Money in (`top-up`, `repay`) works without a link, and by the card's number alone. Money out (`pay`, `refund`, `draw`) needs the
   * card and the link. PinRequired: the same intention is asked again with the cardholder's PIN.
   */
  act: base
    .input(
      z.object({
        intention: Uuid,
        act: z.enum(accountActs),
        amountMinor: AmountMinor,
        /** Of money in; absent: in cash. */
        tender: Tender.optional(),
        /** Null: the card is laid on the reader. */
        cardNumber: CardNumber.nullable().default(null),
        /** The cardholder's, as typed; never stored, never logged. */
        pin: z.string().max(12).nullable().default(null),
        approval: ApprovalAsked.nullable().default(null),
        useCardAsItLies: z.boolean().default(false),
        timeoutMs: z.int().min(1_000).max(300_000).default(30_000),
      }),
    )
    .output(eventIterator(AccountEvent)),
};
