import type { z } from 'zod';
import type { Approval as ApprovalOnRecord } from '#contract/journal/kinds/shapes.ts';
import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { ApprovalAsked } from '#contract/till/loyalty.ts';
import { type Act, holdsRight } from '#contract/till/permissions.ts';
import type { Who } from './who.ts';

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

/** Approvals by this till's staff list. The other person's PIN goes through the same throttled check as a sign-in. */
export function createApprove(who: Who, settings: () => ShopSettings): Approve {
  return async (act, amountMinor, acting, asked) => {
    const holds = (role: string) => holdsRight(role, act, settings(), amountMinor);
    if (holds(acting.role)) return ok(null);
    if (!asked) return err(tillError('ApprovalRequired', { act }));
    const other = 'badge' in asked ? await who.byBadge(asked.badge) : await who.byPin(asked.code, asked.pin);
    if (!other.ok) return other;
    const { code, role } = other.value;
    return holds(role) ? ok({ code, role }) : err(tillError('NotAllowed', { role, act }));
  };
}
