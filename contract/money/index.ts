import { z } from 'zod';
import { err, ok, type Result } from '#contract/result/index.ts';

/** ISO 4217 currencies the networks use, with their own number of decimals. */
export const currencies = {
  XOF: { exponent: 0, symbol: 'F CFA', short: 'F' },
  XAF: { exponent: 0, symbol: 'F CFA', short: 'F' },
  XPF: { exponent: 0, symbol: 'F CFP', short: 'F' },
  EUR: { exponent: 2, symbol: '€', short: '€' },
  TND: { exponent: 3, symbol: 'DT', short: 'DT' },
} as const;

export type CurrencyCode = keyof typeof currencies;
export const CurrencyCode = z.enum(Object.keys(currencies) as [CurrencyCode, ...CurrencyCode[]]);

/** The largest amount one operation may carry, in minor units: what a card record and a ticket can still hold. */
export const maxAmountMinor = 500_000_000;
export const AmountMinor = z.int().positive().max(maxAmountMinor);

export type AmountError =
  | { type: 'AmountNotANumber'; text: string }
  | { type: 'AmountDecimals'; text: string; currency: CurrencyCode; exponent: number }
  | { type: 'AmountZero' }
  | { type: 'AmountTooLarge'; maxAmountMinor: number; currency: CurrencyCode };

/** Checks an amount in minor units, wherever it came from. */
export function checkAmount(amountMinor: number, currency: CurrencyCode): Result<number, AmountError> {
  if (!Number.isInteger(amountMinor) || amountMinor < 0) {
    return err({ type: 'AmountNotANumber', text: String(amountMinor) });
  }
  if (amountMinor === 0) return err({ type: 'AmountZero' });
  if (amountMinor > maxAmountMinor) return err({ type: 'AmountTooLarge', maxAmountMinor, currency });
  return ok(amountMinor);
}

/** Reads an amount as a person writes it (`1250`, `12.50`, `12,50`, `1 250`) into minor units of the currency. */
export function parseAmount(text: string, currency: CurrencyCode): Result<number, AmountError> {
  const { exponent } = currencies[currency];
  const match = /^(\d{1,15})(?:[.,](\d*))?$/.exec(text.replace(/[\s\u00a0\u202f]/g, ''));
  if (!match) return err({ type: 'AmountNotANumber', text: text.slice(0, 40) });
  const decimals = match[2] ?? '';
  if (decimals.length > exponent) {
    return err({ type: 'AmountDecimals', text: text.slice(0, 40), currency, exponent });
  }
  return checkAmount(Number(match[1] + decimals.padEnd(exponent, '0')), currency);
}

export type Language = 'fr' | 'en';
export const Language = z.enum(['fr', 'en']);

/** Groups digits by three: narrow no-break space in French, comma in English. Works on integers of any sign. */
export function formatInteger(value: number, language: Language): string {
  const grouped = String(Math.abs(value)).replace(/\B(?=(\d{3})+$)/g, language === 'fr' ? '\u202f' : ',');
  return value < 0 ? `\u2212${grouped}` : grouped;
}

/** An amount with its decimals and, unless `unit` is 'none', its currency: `12 500 F CFA`, `€12.50`. */
export function formatAmount(
  amountMinor: number,
  currency: CurrencyCode,
  language: Language,
  unit: 'symbol' | 'short' | 'none' = 'symbol',
): string {
  const { exponent, symbol, short } = currencies[currency];
  const scale = 10 ** exponent;
  const whole = formatInteger(Math.trunc(Math.abs(amountMinor) / scale), language);
  const decimals = exponent === 0 ? '' : String(Math.abs(amountMinor) % scale).padStart(exponent, '0');
  const figure = decimals === '' ? whole : `${whole}${language === 'fr' ? ',' : '.'}${decimals}`;
  const signed = amountMinor < 0 ? `\u2212${figure}` : figure;
  if (unit === 'none') return signed;
  return `${signed}\u00a0${unit === 'symbol' ? symbol : short}`;
}
