import type { AccountAct } from '#contract/accounts/effects.ts';
import type { Check } from '#contract/journal/kinds.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { isPinQuestion } from './refusals.ts';

/**
 * A card that fails a check is a fact: it goes on record with the checks it passed (T36). A pulled card is none, and neither is a
 * PIN that has still to be asked for.
 * @param asked the amount in minor units; of a spending the points
 * @param checks those that were passed and the one that failed; none: it was not the card that failed
 */
export function recordRefusal(
  { journal }: Pick<LoyaltyParts, 'journal'>,
  acting: Acting,
  shop: Pick<ShopAtTill, 'currency'>,
  order: { intention: string; operation: 'sale' | 'spend' | AccountAct },
  error: TillError,
  asked: number,
  checks: Check[],
): void {
  if (checks.length === 0 || isPinQuestion(error)) return;
  const cardNumber = error.facts?.cardNumber;
  const { operation } = order;
  journal.append([
    {
      kind: 'loyalty.refused',
      intention: order.intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: {
        reason: error.type,
        cardNumber: typeof cardNumber === 'string' ? cardNumber : null,
        amountMinor: asked,
        currency: shop.currency,
        checks,
        ...(operation === 'sale' ? {} : { operation }),
      },
    },
  ]);
}
