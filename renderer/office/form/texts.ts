import { type CurrencyCode, currencies, type Language } from '#contract/money/index.ts';

/** An amount as it is typed: no grouping, the language's own decimal sign. Empty where there is none. */
export function amountText(amountMinor: number | undefined, currency: CurrencyCode, language: Language): string {
  if (amountMinor === undefined) return '';
  const { exponent } = currencies[currency];
  const digits = String(amountMinor).padStart(exponent + 1, '0');
  if (exponent === 0) return digits;
  return `${digits.slice(0, -exponent)}${language === 'fr' ? ',' : '.'}${digits.slice(-exponent)}`;
}

export const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value));
