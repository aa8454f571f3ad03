import { accountEffects, accountPostings, isMoneyIn } from '#contract/accounts/effects.ts';
import type { Check } from '#contract/journal/kinds.ts';
import type { Acting } from '../acting.ts';
import { counterTicketNumber } from '../counter/on-paper.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import type { EntryDraft } from '../store/index.ts';
import type { AccountOrder } from './order.ts';
import type { AccountParts } from './parts.ts';

type Known = { cardNumber: string; balanceMinor: number | null; checks: Check[] };

/** The act as a fact, with both halves of what it moves: the durable intent of its ticket. */
export function accountEntry(
  parts: AccountParts,
  shop: ShopAtTill,
  acting: Acting,
  { act, intention, amountMinor, tender, approvedBy }: AccountOrder,
  { cardNumber, balanceMinor, checks }: Known,
): EntryDraft {
  const { kind } = accountEffects[act];
  const { currency } = shop;
  const paidOtherwise = isMoneyIn(act) && tender === 'other';
  return {
    kind,
    intention,
    staff: acting.code,
    role: acting.role,
    postings: accountPostings(act, cardNumber, currency, amountMinor),
    body: {
      cardNumber,
      amountMinor,
      currency,
      balanceMinor,
      ticketNumber: counterTicketNumber(parts, shop, 'P'),
      checks,
      approvedBy,
      ...(paidOtherwise ? { tender } : {}),
    },
  } as EntryDraft;
}
