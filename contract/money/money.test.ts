import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CurrencyCode,
  checkAmount,
  currencies,
  formatAmount,
  formatInteger,
  maxAmountMinor,
  parseAmount,
} from './index.ts';

const thin = '\u202f';
const hard = '\u00a0';
const minus = '\u2212';

describe('reading an amount', () => {
  it.each<[string, CurrencyCode, number]>([
    ['1250', 'XOF', 1250],
    ['1 250', 'XOF', 1250],
    [`12${thin}500`, 'XOF', 12_500],
    ['12.50', 'EUR', 1250],
    ['12,5', 'EUR', 1250],
    ['12', 'EUR', 1200],
    ['12.', 'EUR', 1200],
    ['0,001', 'TND', 1],
    ['007', 'XOF', 7],
  ])('%j in %s', (text, currency, value) => expect(parseAmount(text, currency)).toEqual({ ok: true, value }));

  it.each<[string, CurrencyCode, string]>([
    ['', 'XOF', 'AmountNotANumber'],
    ['-5', 'XOF', 'AmountNotANumber'],
    ['1e3', 'XOF', 'AmountNotANumber'],
    ['12.5.0', 'EUR', 'AmountNotANumber'],
    ['.5', 'EUR', 'AmountNotANumber'],
    ['٣', 'XOF', 'AmountNotANumber'],
    ['1'.repeat(16), 'XOF', 'AmountNotANumber'],
    ['12.5', 'XOF', 'AmountDecimals'],
    ['12.505', 'EUR', 'AmountDecimals'],
    ['0', 'XOF', 'AmountZero'],
    ['0.00', 'EUR', 'AmountZero'],
    ['1000000000000', 'XOF', 'AmountTooLarge'],
    ['500000001', 'XOF', 'AmountTooLarge'],
    ['5000000.01', 'EUR', 'AmountTooLarge'],
  ])('refuses %j in %s: %s', (text, currency, type) =>
    expect(parseAmount(text, currency)).toMatchObject({ ok: false, error: { type } }),
  );

  it('takes the largest amount and not one more', () => {
    expect(checkAmount(maxAmountMinor, 'XOF').ok).toBe(true);
    expect(checkAmount(maxAmountMinor + 1, 'XOF').ok).toBe(false);
    expect(checkAmount(0.5, 'XOF')).toMatchObject({ error: { type: 'AmountNotANumber' } });
    expect(checkAmount(Number.NaN, 'XOF')).toMatchObject({ error: { type: 'AmountNotANumber' } });
  });

  it('gives back what it wrote, in every currency and language', () => {
    const currency = fc.constantFrom(...(Object.keys(currencies) as CurrencyCode[]));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: maxAmountMinor }), currency, (amountMinor, code) => {
        const written = formatAmount(amountMinor, code, 'fr', 'none');
        expect(parseAmount(written, code)).toEqual({ ok: true, value: amountMinor });
      }),
    );
  });
});

describe('writing an amount', () => {
  it.each<[number, CurrencyCode, 'fr' | 'en', string]>([
    [12_500, 'XOF', 'fr', `12${thin}500${hard}F CFA`],
    [12_500, 'XOF', 'en', `12,500${hard}F CFA`],
    [1_250, 'EUR', 'fr', `12,50${hard}€`],
    [1_250, 'EUR', 'en', `12.50${hard}€`],
    [5, 'EUR', 'fr', `0,05${hard}€`],
    [-123_456, 'EUR', 'fr', `${minus}1${thin}234,56${hard}€`],
    [1_001, 'TND', 'en', `1.001${hard}DT`],
    [0, 'XPF', 'fr', `0${hard}F CFP`],
  ])('%d %s in %s', (amountMinor, currency, language, text) =>
    expect(formatAmount(amountMinor, currency, language)).toBe(text),
  );

  it('groups by three only', () => {
    expect(['fr', 'en'].map((language) => formatInteger(999, language as 'fr' | 'en'))).toEqual(['999', '999']);
    expect(formatInteger(-1_000_000, 'en')).toBe(`${minus}1,000,000`);
    expect(formatAmount(1_250, 'XOF', 'fr', 'short')).toBe(`1${thin}250${hard}F`);
  });
});
