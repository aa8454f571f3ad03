import { describe, expect, it } from 'vitest';
import { frames, unwrap, wrap } from './apdu.ts';
import { fromHex, hex, zeros } from './bytes.ts';

describe('ISO wrapping of DESFire commands', () => {
  it('writes a command without and with data', () => {
    expect(hex(wrap(0xc7, zeros(0)))).toBe('90c7000000');
    expect(hex(wrap(0x5a, fromHex('0000f5')))).toBe('905a0000030000f500');
  });

  it('splits an answer into data and status word', () => {
    expect(unwrap(fromHex('0102 91af'))).toEqual({ data: fromHex('0102'), sw: 0x91af });
    expect(unwrap(fromHex('9100'))).toEqual({ data: zeros(0), sw: 0x9100 });
  });

  it('takes an answer without a whole status word for a card that left', () => {
    expect(unwrap(zeros(0))).toBeNull();
    expect(unwrap(fromHex('91'))).toBeNull();
  });

  it.each([
    [0, [0]],
    [49, [49]],
    [50, [49, 1]],
    [120, [49, 49, 22]],
  ])('cuts %i bytes into frames of at most 49, which are 55 with their wrapping', (length, expected) => {
    expect(frames(zeros(length)).map((frame) => frame.length)).toEqual(expected);
  });
});
