import type { ShopSettings } from '#contract/loyalty/shop-settings.ts';
import type { CurrencyCode, Language } from '#contract/money/index.ts';
import type { Fault } from '../form/faults.ts';
import { FormReader } from '../form/reader.ts';
import { amountText } from '../form/texts.ts';

export type Act = ShopSettings['cashierNeedsApproval'][number];
export const acts: readonly Act[] = ['reversal', 'drawer', 'block', 'replace', 'pin', 'cash-movement', 'close'];

/** The settings as they are typed; an empty field is a limit that is not there. */
export type SettingsForm = {
  pinAboveAmount: string;
  pinRequiredAbovePoints: string;
  offlineSpendCapPoints: string;
  idleMinutes: string;
  blindCount: boolean;
  needsApproval: readonly Act[];
  reversalWithoutApproval: string;
};

const maxPoints = 8_388_607;
const secondsPerMinute = 60;
const idleSeconds = { min: 30, max: 7_200 } as const;

export function settingsForm(settings: ShopSettings, currency: CurrencyCode, language: Language): SettingsForm {
  const { idleLockSeconds } = settings;
  const minutes = idleLockSeconds === null ? '' : String(Math.round((idleLockSeconds / secondsPerMinute) * 100) / 100);
  return {
    pinAboveAmount: amountText(settings.pinAboveAmountMinor ?? undefined, currency, language),
    pinRequiredAbovePoints: String(settings.pinRequiredAbovePoints ?? ''),
    offlineSpendCapPoints: String(settings.offlineSpendCapPoints),
    idleMinutes: language === 'fr' ? minutes.replace('.', ',') : minutes,
    blindCount: settings.blindCount,
    needsApproval: settings.cashierNeedsApproval,
    reversalWithoutApproval:
      settings.reversalWithoutApprovalMinor === 0
        ? ''
        : amountText(settings.reversalWithoutApprovalMinor, currency, language),
  };
}

/** The settings that a form says, or what of it cannot be read. @param base what the form does not show stays as it is there */
export function readSettings(
  form: SettingsForm,
  base: ShopSettings,
  currency: CurrencyCode,
): { settings: ShopSettings | null; faults: Fault[] } {
  const reader = new FormReader(currency);
  const settings: ShopSettings = {
    ...base,
    pinAboveAmountMinor: reader.amount('pinAboveAmountMinor', form.pinAboveAmount) ?? null,
    pinRequiredAbovePoints: reader.number('pinRequiredAbovePoints', form.pinRequiredAbovePoints, 1, maxPoints) ?? null,
    offlineSpendCapPoints: reader.needed('offlineSpendCapPoints', form.offlineSpendCapPoints, 0, maxPoints),
    idleLockSeconds: idleOf(reader, form.idleMinutes),
    blindCount: form.blindCount,
    cashierNeedsApproval: acts.filter((act) => form.needsApproval.includes(act)),
    reversalWithoutApprovalMinor: reader.amount('reversalWithoutApprovalMinor', form.reversalWithoutApproval) ?? 0,
  };
  return { settings: reader.faults.length === 0 ? settings : null, faults: reader.faults };
}

/** Minutes with decimals, in whole seconds. */
function idleOf(reader: FormReader, text: string): number | null {
  if (text.trim() === '') return null;
  const minutes = /^\d{1,3}(?:[.,]\d{1,2})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : Number.NaN;
  const seconds = Math.round(minutes * secondsPerMinute);
  if (seconds >= idleSeconds.min && seconds <= idleSeconds.max) return seconds;
  const bounds = { min: idleSeconds.min / secondsPerMinute, max: idleSeconds.max / secondsPerMinute };
  reader.fault('idleLockSeconds', 'number-out-of-bounds', bounds);
  return null;
}
