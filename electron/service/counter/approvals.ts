import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { err, ok } from '#contract/result/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { holdsRight } from '#contract/till/permissions.ts';
import type { Approve } from '../acting.ts';
import type { Who } from './who.ts';

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
