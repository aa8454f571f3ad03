import { z } from 'zod';
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

/** The shop's accounts of its customers' cards (T28). */
export const officeAccountsContract = {
  /** `status`: `owing` or `with-purse`; `search`: a part of the number. */
  accounts: base
    .route({ method: 'GET', path: '/v1/office/accounts', summary: 'Purse and credit of the cards that have one' })
    .input(z.object({ ...listPageInput, search: listFilter.search, status: listFilter.status }))
    .output(z.object({ rows: z.array(OfficeCardAccounts), next: z.string().nullable(), count: z.int() })),
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
