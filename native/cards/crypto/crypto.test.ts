import { describe, expect, it } from 'vitest';
import { concat, fromHex, hex, zeros } from '../bytes.ts';
import { cmac, cmacKey } from './cmac.ts';
import { crc16, crc32 } from './crc.ts';
import { legacyCardKey, legacyCardReceive, legacyCardSend, legacyReaderKey, legacyReceive, legacySend } from './des.ts';
import { diversifyKey } from './diversify.ts';

describe('AES-CMAC', () => {
  const key = cmacKey(fromHex('2b7e151628aed2a6abf7158809cf4f3c'));
  const message = fromHex(
    '6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710',
  );

  it('has the sub-keys of RFC 4493 section 4', () => {
    expect(hex(key.whole)).toBe('fbeed618357133667c85e08f7236a8de');
    expect(hex(key.padded)).toBe('f7ddac306ae266ccf90bc11ee46d513b');
  });

  it.each([
    [0, 'bb1d6929e95937287fa37d129b756746'],
    [16, '070a16b46b4d4144f79bdd9dd04a287c'],
    [40, 'dfa66747de9ae63030ca32611497c827'],
    [64, '51f0bebf7e3b9d92fc49741779363cfe'],
  ])('[T26] gives the published MAC of %i bytes (RFC 4493, NIST SP 800-38B)', (length, expected) => {
    expect(hex(cmac(key, message.subarray(0, length)))).toBe(expected);
  });
});

describe('key diversification', () => {
  it('[T26] gives the key of NXP AN10922 section 2.2.1', () => {
    const input = concat(fromHex('04782E21801D80 3042F5'), new TextEncoder().encode('NXP Abu'));
    expect(hex(diversifyKey(fromHex('00112233445566778899AABBCCDDEEFF'), input))).toBe(
      'a8dd63a3b89d54b37ca802473fda9175',
    );
  });

  it('gives the key of NXP AN10957 page 13, whose input is shorter than one block', () => {
    const master = fromHex('f3f9377698707b688eaf84abe39e3791');
    expect(hex(diversifyKey(master, fromHex('04deadbeeffeed')))).toBe('0bb408baff98b6ee9f2e1585777f6a51');
  });

  it('refuses an input that does not fit', () => {
    expect(() => diversifyKey(zeros(16), zeros(0))).toThrow(RangeError);
    expect(() => diversifyKey(zeros(16), zeros(32))).toThrow(RangeError);
  });
});

describe('checksums', () => {
  it('CRC32 is the one a real card took in ChangeKey', () => {
    expect(hex(crc32(fromHex('C4 00 0010203040506070 8090A0B0B0A09080 10')))).toBe('d2c6e66b');
    expect(hex(crc32(fromHex('0010203040506070 8090A0B0B0A09080')))).toBe('bfe37919');
  });

  it('CRC_A is that of ISO/IEC 14443-3 annex B', () => {
    expect(hex(crc16(fromHex('0000')))).toBe('a01e');
    expect(hex(crc16(fromHex('1234')))).toBe('26cf');
  });
});

describe('legacy DES', () => {
  it('the two sides understand each other over several blocks', () => {
    const key = fromHex('00112233445566778899AABBCCDDEEFF');
    const [reader, card] = [legacyReaderKey(key), legacyCardKey(key)];
    const message = fromHex('000102030405060708090a0b0c0d0e0f1011121314151617');
    expect(hex(legacyCardReceive(card, legacySend(reader, message)))).toBe(hex(message));
    expect(hex(legacyReceive(reader, legacyCardSend(card, message)))).toBe(hex(message));
  });
});
