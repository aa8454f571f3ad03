import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CARD_BOUNDS, type CardRecord, decodeRecord, encodeRecord, intentionTagOf } from './card-record.ts';

const bytesOf = (text: string) =>
  Uint8Array.from(text.match(/[0-9a-f]{2}/g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

const earned: CardRecord = {
  operation: 'earn',
  counter: 42,
  balancePoints: 1337,
  deltaPoints: 12,
  totalSpendMinor: 4_815_162_342,
  timeSeconds: 1_767_225_600,
  cardData: 4_172_093,
  intentionTag: 'b1e55ed0c0ffee42',
};
const EARNED = '11 2a0000 39050000 0c0000 e68b011f01 00b95569 3da93f00 b1e55ed0c0ffee42'.replaceAll(' ', '');

describe('card record', () => {
  it('[T6] stands on the card as these 32 bytes', () => {
    expect(hexOf(encodeRecord(earned))).toBe(EARNED);
    expect(decodeRecord(bytesOf(EARNED))).toEqual({ ok: true, value: earned });
  });

  it('[T6] carries negative balances and changes', () => {
    const spent: CardRecord = { ...earned, operation: 'spend', balancePoints: -3, deltaPoints: -1340 };
    const bytes = encodeRecord(spent);
    expect(hexOf(bytes.slice(4, 11))).toBe('fdffffffc4faff');
    expect(decodeRecord(bytes)).toEqual({ ok: true, value: spent });
  });

  it('reads a record that lies inside a longer buffer', () => {
    const longer = new Uint8Array(40);
    longer.set(bytesOf(EARNED), 5);
    expect(decodeRecord(longer.subarray(5, 37))).toEqual({ ok: true, value: earned });
  });

  it.each([
    ['length', EARNED.slice(2)],
    ['length', `${EARNED}00`],
    ['length', ''],
    ['layout version', `21${EARNED.slice(2)}`],
    ['operation', `14${EARNED.slice(2)}`],
    ['card number', `${EARNED.slice(0, 40)}ffffffff${EARNED.slice(48)}`],
  ])('refuses a wrong %s', (why, text) => {
    expect(decodeRecord(bytesOf(text))).toEqual({ ok: false, error: { type: 'CardRecordInvalid', why } });
  });

  it('gives back every record within the bounds', () => {
    const within = (name: keyof typeof CARD_BOUNDS) => fc.integer(CARD_BOUNDS[name]);
    const records: fc.Arbitrary<CardRecord> = fc.record({
      operation: fc.constantFrom('issue', 'earn', 'spend', 'adjust'),
      counter: within('counter'),
      balancePoints: within('balancePoints'),
      deltaPoints: within('deltaPoints'),
      totalSpendMinor: within('totalSpendMinor'),
      timeSeconds: within('timeSeconds'),
      cardData: within('cardData'),
      intentionTag: fc.uint8Array({ minLength: 8, maxLength: 8 }).map(hexOf),
    });
    fc.assert(
      fc.property(records, (record) => {
        expect(decodeRecord(encodeRecord(record))).toEqual({ ok: true, value: record });
      }),
    );
  });

  it('reads any 32 bytes without a throw, and writes back what it accepted', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(3), (bytes, operation) => {
        bytes[0] = 0x10 | operation;
        const record = decodeRecord(bytes);
        if (record.ok) expect(hexOf(encodeRecord(record.value))).toBe(hexOf(bytes));
        else expect(record.error.why).toBe('card number');
      }),
    );
  });

  it.each(Object.keys(CARD_BOUNDS) as (keyof typeof CARD_BOUNDS)[])('takes %s out of bounds for a defect', (name) => {
    for (const value of [CARD_BOUNDS[name].min - 1, CARD_BOUNDS[name].max + 1, 0.5]) {
      expect(() => encodeRecord({ ...earned, [name]: value })).toThrow(RangeError);
    }
    expect(() => encodeRecord({ ...earned, intentionTag: 'short' })).toThrow(RangeError);
  });

  it('takes the last eight bytes of the intention, where the randomness is', () => {
    expect(intentionTagOf('0197a4b2-1c3d-7e4f-b1e5-5ed0c0ffee42')).toBe('b1e55ed0c0ffee42');
  });
});
