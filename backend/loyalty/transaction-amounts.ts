import { sql } from 'kysely';

/*
 * What a row of `loyalty_transactions` counts for. Its own amount is signed as a person reads it: a purchase and money onto an account
 * plus, what goes back and money off minus; of purse and credit the change of what the purse holds, or of what is owed.
 */

/** Purchases, less what was given back of them. A reversal above zero is money off that was taken back: no purchase. */
export const purchaseMinor = sql<number>`
  CASE kind WHEN 'loyalty.sale' THEN amount_minor WHEN 'loyalty.reversal' THEN least(amount_minor, 0) ELSE 0 END`;

/** What the shop took with it, as the day counts it (`contract/counter/day.ts`): a repayment lowers what is owed, and is money taken. */
export const takenMinor = sql<number>`
  CASE kind WHEN 'purse.topped-up' THEN amount_minor WHEN 'purse.refunded' THEN amount_minor
    WHEN 'credit.repaid' THEN -amount_minor ELSE ${purchaseMinor} END`;
