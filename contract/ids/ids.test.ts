import { describe, expect, it } from 'vitest';
import { Uuid, uuidV7 } from './index.ts';

describe('UUIDv7', () => {
  it('is the example of RFC 9562 §A.6', () => {
    // rand_a = cc3, rand_b = 18c4dc0c0c07398f; version and variant bits are set over the random ones.
    const random = Uint8Array.from([0xfc, 0xc3, 0xd8, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  });

  it('keeps all 48 bits of the time, and orders by it', () => {
    const random = new Uint8Array(10).fill(0xff);
    expect(uuidV7(2 ** 48 - 1, random)).toBe('ffffffff-ffff-7fff-bfff-ffffffffffff');
    const times = [0, 1, 65_535, 65_536, 1_795_000_000_000, 1_795_000_000_001];
    const ids = times.map((time) => uuidV7(time, random));
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(Uuid.safeParse(id).success).toBe(true);
  });

  it('takes its random bits whole or not at all', () => {
    expect(() => uuidV7(0, new Uint8Array(9))).toThrow(RangeError);
  });
});

describe('a UUID in text', () => {
  it.each([
    '017F22E2-79B0-7CC3-98C4-DC0C0C07398F',
    '017f22e279b07cc398c4dc0c0c07398f',
    '017f22e2-79b0-0cc3-98c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-18c4-dc0c0c07398f',
    '017f22e2-79b0-7cc3-98c4-dc0c0c07398f\n',
    '',
  ])('is refused in any other form: %j', (text) => expect(Uuid.safeParse(text).success).toBe(false));
});
