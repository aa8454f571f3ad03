import type { Check } from '#contract/journal/kinds.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting, LoyaltyParts, ShopAtTill } from './parts.ts';
import { checksBefore } from './refusals.ts';
import type { CounterOrder } from './sale-run.ts';

/**
 * A card that fails a check is a fact: it goes on record with the checks it passed (T36). A pulled card is none, and neither is a
 * PIN that has still to be asked for.
 * @param asked the purchase in minor units; of a spending the points
 * @param pin what became of the PIN before a limit was found passed
 */
export function recordRefusal(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  order: CounterOrder,
  error: TillError,
  asked: number,
  pin: Check['outcome'] = 'not-asked',
): void {
  const checks = checksBefore(error, pin);
  const isQuestion = error.type === 'PinRequired' && error.facts?.notSet !== true;
  if (checks.length === 0 || isQuestion) return;
  const cardNumber = error.facts?.cardNumber;
  parts.journal.append([
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
        ...(order.operation === 'spend' ? { operation: 'spend' } : {}),
      },
    },
  ]);
}
