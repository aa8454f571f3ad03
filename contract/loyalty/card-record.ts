import { err, ok, type Result } from '../result/index.ts';
import { MAX_CARD_DATA } from './card-number.ts';

export const CARD_RECORD_LENGTH = 32;
export const CARD_LAYOUT_VERSION = 1;
export const INTENTION_TAG_LENGTH = 8;

/** What a record can hold. The rules bound their results by these before a record is made. */
export const CARD_BOUNDS = {
  counter: { min: 0, max: 0xff_ffff },
  balancePoints: { min: -0x8000_0000, max: 0x7fff_ffff },
  deltaPoints: { min: -0x80_0000, max: 0x7f_ffff },
  totalSpendMinor: { min: 0, max: 0xff_ffff_ffff },
  timeSeconds: { min: 0, max: 0xffff_ffff },
  cardData: { min: 0, max: MAX_CARD_DATA },
} as const;

const OPERATIONS = ['issue', 'earn', 'spend', 'adjust'] as const;
export type CardOperation = (typeof OPERATIONS)[number];

/** One record of the shop application's cyclic file: the state after an operation, and the operation that led there. */
export type CardRecord = {
  operation: CardOperation;
  /** Grows by one with each record: tells how many the history has already lost. */
  counter: number;
  balancePoints: number;
  deltaPoints: number;
  totalSpendMinor: number;
  /** Unix time as the till knew it, whole seconds, never before that of the record before. Decides no order; points expire by it. */
  timeSeconds: number;
  /** The eight data digits of the card's number. */
  cardData: number;
  /** 16 lower-case hexadecimal digits, see `intentionTagOf`. */
  intentionTag: string;
};

export type CardRecordInvalid = {
  type: 'CardRecordInvalid';
  why: 'length' | 'layout version' | 'operation' | 'card number';
};

/**
 * The eight bytes of an intention's id that a record has room for: the last eight.
 * A UUIDv7 (RFC 9562 section 5.7) begins with 48 bits of time, which two tills selling in the same millisecond share;
 * its last eight bytes are 62 random bits and the two bits of the variant.
 */
export const intentionTagOf = (intentionId: string): string =>
  intentionId
    .replaceAll('-', '')
    .slice(-INTENTION_TAG_LENGTH * 2)
    .toLowerCase();

/** Whether a card can hold the record at all: its counter, its balance and its total have their ends. */
export const fitsOnCard = (record: CardRecord): boolean =>
  Object.entries(CARD_BOUNDS).every(([field, { min, max }]) => {
    const value = record[field as keyof typeof CARD_BOUNDS];
    return value >= min && value <= max;
  });

const check = (name: keyof typeof CARD_BOUNDS, value: number): void => {
  const { min, max } = CARD_BOUNDS[name];
  if (!Number.isInteger(value) || value < min || value > max) throw new RangeError(`${name} ${value} on a card`);
};

/**
 * Lays a record out in its 32 bytes, little-endian as everything on a DESFire card:
 * 0 layout version and operation (high and low nibble), 1 counter u24, 4 balance i32, 8 delta i24,
 * 11 total spend u40, 16 time u32, 20 card number u32, 24 intention tag.
 * @throws RangeError when a number leaves `CARD_BOUNDS` or the tag is not 16 hexadecimal digits: a defect of the caller
 */
export function encodeRecord(record: CardRecord): Uint8Array {
  for (const name of Object.keys(CARD_BOUNDS) as (keyof typeof CARD_BOUNDS)[]) check(name, record[name]);
  if (!/^[0-9a-f]{16}$/.test(record.intentionTag)) throw new RangeError(`intention tag ${record.intentionTag}`);
  const bytes = new Uint8Array(CARD_RECORD_LENGTH);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, (CARD_LAYOUT_VERSION << 4) | OPERATIONS.indexOf(record.operation));
  view.setUint16(1, record.counter & 0xffff, true);
  view.setUint8(3, record.counter >> 16);
  view.setInt32(4, record.balancePoints, true);
  view.setUint16(8, record.deltaPoints & 0xffff, true);
  view.setInt8(10, record.deltaPoints >> 16);
  view.setUint32(11, record.totalSpendMinor % 0x1_0000_0000, true);
  view.setUint8(15, Math.floor(record.totalSpendMinor / 0x1_0000_0000));
  view.setUint32(16, record.timeSeconds, true);
  view.setUint32(20, record.cardData, true);
  for (let index = 0; index < INTENTION_TAG_LENGTH; index++) {
    bytes[24 + index] = Number.parseInt(record.intentionTag.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

/** Reads a record. The card's MAC has vouched for the bytes already; what is refused here was written by something else. */
export function decodeRecord(bytes: Uint8Array): Result<CardRecord, CardRecordInvalid> {
  const invalid = (why: CardRecordInvalid['why']) => err<CardRecordInvalid>({ type: 'CardRecordInvalid', why });
  if (bytes.length !== CARD_RECORD_LENGTH) return invalid('length');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint8(0) >> 4 !== CARD_LAYOUT_VERSION) return invalid('layout version');
  const operation = OPERATIONS[view.getUint8(0) & 0x0f];
  if (operation === undefined) return invalid('operation');
  const cardData = view.getUint32(20, true);
  if (cardData > MAX_CARD_DATA) return invalid('card number');
  return ok({
    operation,
    counter: view.getUint16(1, true) + (view.getUint8(3) << 16),
    balancePoints: view.getInt32(4, true),
    deltaPoints: view.getUint16(8, true) + (view.getInt8(10) << 16),
    totalSpendMinor: view.getUint32(11, true) + view.getUint8(15) * 0x1_0000_0000,
    timeSeconds: view.getUint32(16, true),
    cardData,
    intentionTag: Array.from(bytes.subarray(24), (byte) => byte.toString(16).padStart(2, '0')).join(''),
  });
}
