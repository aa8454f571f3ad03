import type { Result } from '#contract/result/index.ts';
import { joined } from '#native/printers/bytes.ts';
import type { ByteLine, LineFault } from '#native/printers/lines/line.ts';
import type { RegisterField, RegisterFormat } from '#native/register/format.ts';

export type SimulatedAmount = { amountMinor: number; receiptNumber?: string };

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

function amountText(
  amountMinor: number,
  exponent: number,
  unit: 'minor' | 'major',
  width: number,
  mark: string | undefined,
): string {
  const digits = String(amountMinor).padStart(Math.max(width, exponent + 1), '0');
  if (unit === 'minor' || exponent === 0 || mark === undefined) return digits.padStart(width, '0');
  return `${digits.slice(0, -exponent)}${mark}${digits.slice(-exponent)}`;
}

function fieldText(field: RegisterField, amount: SimulatedAmount, exponent: number): string {
  switch (field.field) {
    case 'literal':
      return field.text;
    case 'blanks':
      return ' ';
    case 'amount':
      return amountText(amount.amountMinor, exponent, field.unit, field.width ?? 1, field.decimalMarks?.[0]);
    case 'receipt':
      if (amount.receiptNumber === undefined) return '';
      return (field.after ?? '') + amount.receiptNumber.padStart(field.width ?? 0, '0');
  }
}

/** The frame a register of this format sends for an amount. Amounts no shop has, 0 or 10^12, are framed all the same. */
export function registerFrame(format: RegisterFormat, amount: SimulatedAmount, exponent: number): Uint8Array {
  const body = Buffer.from(format.fields.map((field) => fieldText(field, amount, exponent)).join(''), 'latin1');
  const checked = joined([body, bytesOf(format.end)]);
  const check = format.check === 'none' ? [] : [checked.reduce((sum, byte) => sum ^ byte, 0)];
  return joined([bytesOf(format.start), checked, Uint8Array.from(check)]);
}

export type RegisterSimulator = {
  ringUp(amount: SimulatedAmount): Promise<Result<void, LineFault>>;
  /** Anything at all: noise, half a frame, a frame of another register. */
  send(bytes: Uint8Array): Promise<Result<void, LineFault>>;
};

/** A cash register on the device's end of any line. */
export const simulateRegisterOn = (
  deviceEnd: Pick<ByteLine, 'write'>,
  format: RegisterFormat,
  exponent: number,
): RegisterSimulator => ({
  ringUp: (amount) => deviceEnd.write(registerFrame(format, amount, exponent)),
  send: (bytes) => deviceEnd.write(bytes),
});
