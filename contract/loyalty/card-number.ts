import { err, ok, type Result } from '../result/index.ts';

/** Largest number of a card without its check digits: eight digits. */
export const MAX_CARD_DATA = 99_999_999;

/** Ten digits as text, check digits included, no blanks: what is stored and compared. */
export type CardNumber = string;

export type CardNumberInvalid = { type: 'CardNumberInvalid'; why: 'not ten digits' | 'check digits' };

/** ISO/IEC 7064 MOD 97-10: the check digits that make the whole number leave 1 when divided by 97. */
const checkDigits = (data: number): number => 98 - ((data * 100) % 97);

/**
 * The number printed on a card from its eight data digits, e.g. 4172093 gives `0417209320`.
 * Finds every wrong digit and every exchange of two neighbours (ISO/IEC 7064).
 * @throws RangeError outside 0..99 999 999
 */
export function cardNumberOf(data: number): CardNumber {
  if (!Number.isInteger(data) || data < 0 || data > MAX_CARD_DATA) throw new RangeError(`card data ${data}`);
  return `${String(data).padStart(8, '0')}${String(checkDigits(data)).padStart(2, '0')}`;
}

/** The eight data digits of a card number, as a number: what the chip holds. */
export const cardDataOf = (number: CardNumber): number => Number(number.slice(0, 8));

/** As shown and printed: `0417 2093 20`. */
export const formatCardNumber = (number: CardNumber): string =>
  `${number.slice(0, 4)} ${number.slice(4, 8)} ${number.slice(8)}`;

/** Reads what a person typed or a scanner sent; blanks, dots and hyphens between digits are allowed. */
export function parseCardNumber(text: string): Result<CardNumber, CardNumberInvalid> {
  const digits = text.replaceAll(/[\s.-]/g, '');
  if (!/^[0-9]{10}$/.test(digits)) return err({ type: 'CardNumberInvalid', why: 'not ten digits' });
  // Compared with the one right pair, not by the remainder: 00 and 97 leave the same remainder.
  if (cardNumberOf(cardDataOf(digits)) !== digits) return err({ type: 'CardNumberInvalid', why: 'check digits' });
  return ok(digits);
}
