import { z } from 'zod';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';
import { Tender } from './loyalty.ts';
import { Approval, CardNumber, Checks, TicketNumber } from './shapes.ts';

/** The shop's accounts of a card: money paid in beforehand, and money owed. Not on the chip. */
export const AccountName = z.enum(['purse', 'credit']);
export type AccountName = z.infer<typeof AccountName>;

const moved = {
  cardNumber: CardNumber,
  amountMinor: AmountMinor,
  currency: CurrencyCode,
  /** After this, as the server told; of credit what is owed. Null: it was not asked, or this till had more to tell it. */
  balanceMinor: z.int().nullable(),
  ticketNumber: TicketNumber,
  checks: Checks,
  approvedBy: Approval,
};
/** How it is paid; absent: in cash. */
const paid = { tender: Tender.optional() };

/** Money onto the purse. Needs no link. */
export const purseToppedUp = z.strictObject({ ...moved, ...paid });
/** A purchase paid from the purse. The server has held the amount for this very intention. */
export const pursePaid = z.strictObject(moved);
/** Money of the purse handed back in cash, held at the server as a payment is. */
export const purseRefunded = z.strictObject(moved);
/** A purchase on credit: the customer owes it. Held at the server within the card's limit. */
export const creditDrawn = z.strictObject(moved);
/** Credit paid back. Needs no link. */
export const creditRepaid = z.strictObject({ ...moved, ...paid });
