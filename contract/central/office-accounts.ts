import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { AccountName } from '#contract/journal/kinds/accounts.ts';
import { CardNumber } from '#contract/journal/kinds/shapes.ts';
import { maxAmountMinor } from '#contract/money/index.ts';
import { centralBase as base } from './errors.ts';
import { listFilter, listPageInput } from './office-lists.ts';

export const OfficeCardAccounts = z.object({
  cardNumber: z.string(),
  purseMinor: z.int(),
  owedMinor: z.int(),
  limitMinor: z.int(),
  /** Promised to tills whose entries have still to come, of purse and credit together. */
  heldMinor: z.int(),
  /** The card that all of it went to. */
  replacedBy: z.string().nullable(),
  updatedAt: z.string(),
});
export type OfficeCardAccounts = z.infer<typeof OfficeCardAccounts>;

/** What is promised to a till whose entry has still to come. */
export const OfficeHold = z.object({
  intention: Uuid,
  /** The card that bears it now. */
  cardNumber: z.string(),
  account: AccountName,
  amountMinor: z.int(),
  till: z.string(),
  heldAt: z.string(),
  ageMs: z.int().nonnegative(),
  /** When the till was last heard of. */
  seenAt: z.string().nullable(),
  /** The till has been heard of since and sent nothing, or was silent for longer than a till goes on alone. */
  mayRelease: z.boolean(),
  /** From when on at the latest, Unix ms. */
  releasableAtMs: z.int(),
});
export type OfficeHold = z.infer<typeof OfficeHold>;

/** The shop's accounts of its customers' cards (T28). */
export const officeAccountsContract = {
  /** `status`: `owing` or `with-purse`; `search`: a part of the number. */
  accounts: base
    .route({ method: 'GET', path: '/v1/office/accounts', summary: 'Purse and credit of the cards that have one' })
    .input(z.object({ ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(z.object({ rows: z.array(OfficeCardAccounts), next: z.string().nullable(), count: z.int() })),
  holds: base
    .route({ method: 'GET', path: '/v1/office/account-holds', summary: 'What is promised to tills, the oldest first' })
    .input(z.object(listPageInput))
    .output(z.object({ rows: z.array(OfficeHold), next: z.string().nullable(), count: z.int() })),
  /** Refusals: NotAllowed, NotFound, HoldInUse (`waitMs`: until it may be at the latest). */
  releaseHold: base
    .route({
      method: 'POST',
      path: '/v1/office/account-holds/{intention}/release',
      summary: 'Gives a hold back that no till will use any more; a manager says why',
    })
    .input(z.object({ intention: Uuid, reason: z.string().trim().min(3).max(120) }))
    .output(z.object({ released: z.literal(true) })),
  /** 0: no credit. Lowered below what is owed, nothing more can be drawn. */
  setCreditLimit: base
    .route({
      method: 'PUT',
      path: '/v1/office/accounts/{cardNumber}/credit-limit',
      summary: 'How much the holder of a card may owe; a manager says so',
    })
    .input(z.object({ cardNumber: CardNumber, limitMinor: z.int().min(0).max(maxAmountMinor) }))
    .output(OfficeCardAccounts),
};
