import { type CurrencyCode, parseAmount } from '#contract/money/index.ts';
import type { Fault } from './faults.ts';

const amountFaults: Readonly<Record<string, Fault['why']>> = {
  AmountDecimals: 'amount-decimals',
  AmountNotANumber: 'amount-not-a-number',
};

/** Reads what was typed into a form's fields, and collects what cannot be read: one look finds all of it. */
export class FormReader {
  readonly faults: Fault[] = [];
  readonly currency: CurrencyCode;
  constructor(currency: CurrencyCode) {
    this.currency = currency;
  }

  fault(rule: string, why: Fault['why'], facts?: Fault['facts']): void {
    this.faults.push(facts ? { rule, why, facts } : { rule, why });
  }

  /** Undefined for an empty field. */
  number(rule: string, text: string, min: number, max: number): number | undefined {
    const digits = text.replace(/[\s\u00a0\u202f]/g, '');
    if (digits === '') return undefined;
    const value = /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
    if (Number.isNaN(value)) this.fault(rule, 'number-not-whole');
    else if (value < min || value > max) this.fault(rule, 'number-out-of-bounds', { min, max });
    return value;
  }

  /** A field that may not be empty; the least where it cannot be read, so that reading goes on. */
  needed(rule: string, text: string, min: number, max: number): number {
    const value = this.number(rule, text, min, max);
    if (value === undefined) this.fault(rule, 'number-missing');
    return value ?? min;
  }

  /** In minor units; undefined for an empty field. */
  amount(rule: string, text: string): number | undefined {
    if (text.trim() === '') return undefined;
    const read = parseAmount(text, this.currency);
    if (read.ok) return read.value;
    this.fault(rule, amountFaults[read.error.type] ?? 'amount-out-of-bounds', { text });
    return undefined;
  }

  neededAmount(rule: string, text: string): number {
    if (text.trim() === '') this.fault(rule, 'number-missing');
    return this.amount(rule, text) ?? 1;
  }
}
