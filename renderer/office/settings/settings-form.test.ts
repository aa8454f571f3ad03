import { expect, it } from 'vitest';
import { defaultSettings, ShopSettings } from '#contract/loyalty/shop-settings.ts';
import { readSettings, settingsForm } from './form.ts';

const set: ShopSettings = {
  ...defaultSettings,
  pinRequiredAbovePoints: 500,
  pinAboveAmountMinor: 12_050,
  idleLockSeconds: 90,
  blindCount: true,
  cashierNeedsApproval: ['reversal', 'close'],
  reversalWithoutApprovalMinor: 2_000,
};

it.each(['fr', 'en'] as const)('shows every setting and reads back the same (%s)', (language) => {
  for (const settings of [set, defaultSettings, { ...set, idleLockSeconds: null }]) {
    expect(readSettings(settingsForm(settings, 'EUR', language), settings, 'EUR')).toEqual({ settings, faults: [] });
  }
  expect(settingsForm(set, 'EUR', language).idleMinutes).toBe(language === 'fr' ? '1,5' : '1.5');
});

it('reads only what a till can do', () => {
  const form = settingsForm(set, 'EUR', 'fr');
  const rules = (changes: Partial<typeof form>) =>
    readSettings({ ...form, ...changes }, set, 'EUR').faults.map(({ rule, why }) => `${rule}: ${why}`);
  expect(rules({ idleMinutes: '0,4', pinAboveAmount: '1,005', offlineSpendCapPoints: '' })).toEqual([
    'pinAboveAmountMinor: amount-decimals',
    'offlineSpendCapPoints: number-missing',
    'idleLockSeconds: number-out-of-bounds',
  ]);
  for (const idleMinutes of ['0.5', '120']) {
    expect(ShopSettings.safeParse(readSettings({ ...form, idleMinutes }, set, 'EUR').settings).success).toBe(true);
  }
});
