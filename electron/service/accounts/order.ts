import type { AccountAct } from '#contract/accounts/effects.ts';
import type { Tender } from '#contract/journal/kinds/loyalty.ts';
import type { Approval } from '../acting.ts';
import type { WorkOrder } from '../cards/works.ts';

/** What a person asks for on a card's account. */
export type AccountOrder = WorkOrder & {
  act: AccountAct;
  amountMinor: number;
  tender?: Tender | undefined;
  /** Null: the card is laid on the reader. */
  cardNumber: string | null;
  pin: string | null;
  approvedBy: Approval;
};
