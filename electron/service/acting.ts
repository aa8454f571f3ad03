import type { z } from 'zod';
import type { Approval as ApprovalOnRecord } from '#contract/journal/kinds/shapes.ts';
import type { Result } from '#contract/result/index.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import type { Act } from '#contract/till/permissions.ts';

/** Who acts. */
export type Acting = { code: string; name: string; role: string };

/** Who allowed an act on the spot, as an entry has it. Null: the acting person needed nobody. */
export type Approval = z.infer<typeof ApprovalOnRecord>;

/**
 * May this person do this, alone or by somebody else's approval given on the spot?
 * @param amountMinor what a reversal gives back to the customer; null where the act has no amount
 * @param asked the other person's PIN or badge, as it was typed or scanned just now
 * Errors: ApprovalRequired with the `act`; NotAllowed (the other person may not either), SignInRefused, SignInThrottled, DiskFull.
 */
export type Approve = (
  act: Act,
  amountMinor: number | null,
  acting: { code: string; role: string },
  asked: ApprovalAsked | null,
) => Promise<Result<Approval, TillError>>;
