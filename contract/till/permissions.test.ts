import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/loyalty/shop-settings.ts';
import { acts, holdsRight, mayAct, needsApproval } from './permissions.ts';
import { roles } from './state.ts';

describe('who may do what at a till', () => {
  it('[T25] leaves selling to those at the counter', () => {
    expect(roles.filter((role) => mayAct(role, 'sale'))).toEqual(['cashier', 'manager']);
    expect(roles.filter((role) => mayAct(role, 'close'))).toEqual(['cashier', 'manager']);
    expect(roles.filter((role) => mayAct(role, 'look-day'))).toEqual(['cashier', 'manager', 'auditor']);
    expect(roles.filter((role) => mayAct(role, 'devices'))).toEqual(['manager', 'network-admin']);
  });

  it('lets a manager do alone whatever a cashier needs an approval for', () => {
    for (const act of acts) {
      expect(holdsRight('manager', act, defaultSettings, null)).toBe(true);
      expect(needsApproval('manager', act, defaultSettings, 999)).toBe(false);
    }
    expect(acts.filter((act) => needsApproval('cashier', act, defaultSettings, 999))).toEqual([
      'reversal',
      'replace',
      'pin',
      'purse-refund',
      'cash-movement',
    ]);
  });

  it('asks nobody for a reversal up to the shop’s own limit, but for one without an amount', () => {
    const settings = { ...defaultSettings, reversalWithoutApprovalMinor: 500 };
    expect(needsApproval('cashier', 'reversal', settings, 500)).toBe(false);
    expect(needsApproval('cashier', 'reversal', settings, 501)).toBe(true);
    expect(needsApproval('cashier', 'reversal', settings, 0)).toBe(true);
    expect(needsApproval('cashier', 'reversal', settings, null)).toBe(true);
    expect(needsApproval('cashier', 'cash-movement', settings, 1)).toBe(true);
  });

  it('gives nothing to an unknown role', () => {
    for (const act of acts) expect(holdsRight('owner', act, defaultSettings, null)).toBe(false);
  });
});
