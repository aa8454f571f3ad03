import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardDataOf, cardNumberOf, formatCardNumber, MAX_CARD_DATA, parseCardNumber } from './card-number.ts';

const data = fc.integer({ min: 0, max: MAX_CARD_DATA });

describe('card number', () => {
  it('carries the check digits of ISO/IEC 7064 MOD 97-10', () => {
    // The standard's own example: 794 takes 44.
    expect(cardNumberOf(794)).toBe('0000079444');
    expect(formatCardNumber(cardNumberOf(4_172_093))).toBe('0417 2093 20');
  });

  it('is read with and without blanks', () => {
    expect(parseCardNumber('0417 2093 20')).toEqual({ ok: true, value: '0417209320' });
    expect(parseCardNumber('0417209320')).toEqual({ ok: true, value: '0417209320' });
  });

  it.each(['', '041720937', '04172093200', '0417 2093 7x'])('refuses %j as not ten digits', (text) => {
    expect(parseCardNumber(text)).toEqual({ ok: false, error: { type: 'CardNumberInvalid', why: 'not ten digits' } });
  });

  it('refuses check digits that leave the right remainder and are not the ones issued', () => {
    const pair = Number(cardNumberOf(0).slice(8));
    expect(pair).toBe(98);
    expect(parseCardNumber('0000000001').ok).toBe(false);
  });

  it('goes there and back for every number', () => {
    fc.assert(
      fc.property(data, (value) => {
        const parsed = parseCardNumber(formatCardNumber(cardNumberOf(value)));
        expect(parsed.ok && cardDataOf(parsed.value)).toBe(value);
      }),
    );
  });

  it('finds every single wrong digit and every exchange of neighbours', () => {
    fc.assert(
      fc.property(data, fc.nat(9), fc.integer({ min: 1, max: 9 }), (value, at, shift) => {
        const digits = [...cardNumberOf(value)];
        const wrong = digits.with(at, String((Number(digits[at]) + shift) % 10));
        expect(parseCardNumber(wrong.join('')).ok).toBe(false);
        if (at === 9 || digits[at] === digits[at + 1]) return;
        const exchanged = digits.with(at, digits[at + 1]!).with(at + 1, digits[at]!);
        expect(parseCardNumber(exchanged.join('')).ok).toBe(false);
      }),
    );
  });

  it('takes a number out of range for a defect', () => {
    for (const value of [-1, MAX_CARD_DATA + 1, 1.5]) expect(() => cardNumberOf(value)).toThrow(RangeError);
  });
});
