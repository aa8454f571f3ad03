import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import type { Role } from './state.ts';

const atTheCounter: readonly Role[] = ['cashier', 'manager'];

/**
 * Everything at a till that needs somebody signed in, and the roles that may do it. The one table: the doors refuse by it, the
 * screens ask for an approval by it.
 */
export const permissions = {
  sale: atTheCounter,
  spend: atTheCounter,
  reversal: atTheCounter,
  reprint: atTheCounter,
  /** A card is made, or gets this shop's place. */
  issue: atTheCounter,
  block: atTheCounter,
  replace: atTheCounter,
  /** The cardholder's PIN: unblocked, or changed without the old one. */
  pin: atTheCounter,
  /** A card's purse and credit: paid in, paid with, repaid. */
  account: atTheCounter,
  /** Cash out of a purse: a cashier never does it alone. */
  'purse-refund': atTheCounter,
  'open-day': atTheCounter,
  /** X: the figures so far. */
  'look-day': ['cashier', 'manager', 'auditor'],
  /** Z. */
  close: atTheCounter,
  drawer: atTheCounter,
  'cash-movement': atTheCounter,
  devices: ['manager', 'network-admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Act = keyof typeof permissions;
export const acts = Object.keys(permissions) as [Act, ...Act[]];

const ofAct = (act: Act): readonly string[] => permissions[act];

export const mayAct = (role: string, act: Act): boolean => ofAct(act).includes(role);

/**
 * Does this role need somebody else's approval for an act that is its own? Only a cashier ever does, as the shop has it.
 * @param amountMinor what a reversal gives back to the customer; null where the act has no amount
 */
export function needsApproval(role: string, act: Act, settings: ShopSettings, amountMinor: number | null): boolean {
  if (role !== 'cashier') return false;
  if (act === 'purse-refund') return true;
  const small = act === 'reversal' && amountMinor !== null && amountMinor > 0;
  if (small && amountMinor <= settings.reversalWithoutApprovalMinor) return false;
  return (settings.cashierNeedsApproval as readonly string[]).includes(act);
}

/** Who is offered to give an approval: the roles that never need one for this themselves. */
export const mayApprove = (role: string, act: Act): boolean => role !== 'cashier' && mayAct(role, act);

/** Holds the right alone: may do it unasked, and may allow it to another. */
export const holdsRight = (role: string, act: Act, settings: ShopSettings, amountMinor: number | null): boolean =>
  mayAct(role, act) && !needsApproval(role, act, settings, amountMinor);
