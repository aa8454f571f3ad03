import { maxAmountMinor } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { RegisterField, RegisterFormat } from './format.ts';

/** An amount rung up on the register. `raw` is the frame's body as text, for the log and for learning. */
export type RegisterAmount = { amountMinor: number; receiptNumber: string | null; raw: string };

export type RegisterBodyFault =
  | { type: 'RegisterFrameUnreadable'; field: RegisterField['field'] | 'end'; raw: string }
  | { type: 'RegisterAmountZero'; raw: string }
  | { type: 'RegisterAmountNegative'; raw: string }
  | { type: 'RegisterAmountTooLarge'; raw: string; maxAmountMinor: number }
  /** More decimals than the currency has, and they are not zero. */
  | { type: 'RegisterAmountDecimals'; raw: string; exponent: number };

type Found = { digits: string; decimals: string; receipt: string | null };
/** What a field takes from the front of the text, or null when it does not stand there. */
type Taken = { text: string; found: Partial<Found> } | null;

function takeAmount(text: string, field: RegisterField & { field: 'amount' }): Taken {
  const digits = /^\d+/.exec(text.slice(0, field.width))?.[0] ?? '';
  if (digits === '' || (field.width !== undefined && digits.length !== field.width)) return null;
  const mark = text[digits.length];
  const hasDecimals = field.unit === 'major' && mark !== undefined && (field.decimalMarks ?? '').includes(mark);
  const decimals = hasDecimals ? (/^\d+/.exec(text.slice(digits.length + 1))?.[0] ?? '') : '';
  if (hasDecimals && decimals === '') return null;
  return { text: hasDecimals ? `${digits}${mark}${decimals}` : digits, found: { digits, decimals } };
}

function takeReceipt(text: string, field: RegisterField & { field: 'receipt' }): Taken {
  const before = field.after ?? '';
  if (!text.startsWith(before)) return null;
  const receipt = /^[0-9A-Za-z/-]{1,20}/.exec(text.slice(before.length))?.[0].slice(0, field.width) ?? '';
  if (receipt === '' || (field.width !== undefined && receipt.length !== field.width)) return null;
  return { text: before + receipt, found: { receipt } };
}

function take(text: string, field: RegisterField): Taken {
  switch (field.field) {
    case 'literal':
      return text.startsWith(field.text) ? { text: field.text, found: {} } : null;
    case 'blanks':
      return { text: /^ */.exec(text)![0], found: {} };
    case 'amount':
      return takeAmount(text, field);
    case 'receipt':
      return takeReceipt(text, field);
  }
}

function readFields(raw: string, fields: readonly RegisterField[]): Result<Found, RegisterBodyFault> {
  let rest = raw;
  const found: Found = { digits: '', decimals: '', receipt: null };
  for (const field of fields) {
    const taken = take(rest, field);
    if (taken === null && 'optional' in field && field.optional) continue;
    if (taken === null && field.field === 'amount' && rest.startsWith('-'))
      return err({ type: 'RegisterAmountNegative', raw });
    if (taken === null) return err({ type: 'RegisterFrameUnreadable', field: field.field, raw });
    Object.assign(found, taken.found);
    rest = rest.slice(taken.text.length);
  }
  return rest === '' ? ok(found) : err({ type: 'RegisterFrameUnreadable', field: 'end', raw });
}

/** Reads the body of one frame that came whole. Pure. `exponent` is that of the shop's currency. */
export function readBody(
  raw: string,
  format: RegisterFormat,
  exponent: number,
): Result<RegisterAmount, RegisterBodyFault> {
  const read = readFields(raw, format.fields);
  if (!read.ok) return read;
  const { digits, decimals, receipt } = read.value;
  const isMinor = format.fields.some((field) => field.field === 'amount' && field.unit === 'minor');
  const kept = isMinor ? '' : decimals.slice(0, exponent).padEnd(exponent, '0');
  if (!/^0*$/.test(decimals.slice(exponent))) return err({ type: 'RegisterAmountDecimals', raw, exponent });
  // As text first: sixteen digits and more do not survive as a number.
  const significant = (digits + kept).replace(/^0+/, '');
  if (significant === '') return err({ type: 'RegisterAmountZero', raw });
  if (significant.length > 15 || Number(significant) > maxAmountMinor)
    return err({ type: 'RegisterAmountTooLarge', raw, maxAmountMinor });
  return ok({ amountMinor: Number(significant), receiptNumber: receipt, raw });
}
