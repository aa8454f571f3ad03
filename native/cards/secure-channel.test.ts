import { describe, expect, it } from 'vitest';
import { concat, fromHex, hex, xor, zeros } from './bytes.ts';
import { crc32 } from './crypto/crc.ts';
import { SecureChannel } from './secure-channel.ts';

/*
 * Traces of a real DESFire EV1, published by Elmue with the article "DIY electronic RFID door lock with battery backup"
 * (Code Project, 2017): random numbers, cryptograms and MACs as they crossed the air.
 */

describe('ChangeKey, as a real card took it', () => {
  it('changes the key in use', () => {
    const channel = new SecureChannel(fromHex('F44B26F5C05DDD7110772281C4D066E8'));
    const data = fromHex('00102030405060708090A0B0B0A09080 10');
    const cryptogram = channel.encipher(concat(data, crc32(concat(fromHex('C400'), data))));
    expect(hex(cryptogram)).toBe('e9f85e219496c2b58c1090dc3935fae9e840cf61b383d9531946256b1f110c10');
  });

  it('changes another key, and knows the MAC of the answer', () => {
    const channel = new SecureChannel(fromHex('C2A1E47BD8100044FE6D00A74D7AB17C'));
    const next = fromHex('00102030405060708090A0B0B0A09080');
    const data = concat(xor(next, zeros(16)), Uint8Array.of(0x10));
    const cryptogram = channel.encipher(concat(data, crc32(concat(fromHex('C401'), data)), crc32(next)));
    expect(hex(cryptogram)).toBe('e7eccb6bd1ca64bc161a12b1c024f71430337408c8a87eacab7a1ff18951fca3');
    expect(channel.openMaced(fromHex('2128D3CD9C9ACFFF'), 0)).toEqual(zeros(0));
  });
});

/** Command and answer of one session, in order. The answers end in their MACs. */
const SESSION_KEY = '40E7D271626FFBD49C530E3D304F5B17';
const counting = (from: number, length: number) => hex(Uint8Array.from({ length }, (_, index) => from + index));
const EXCHANGES: readonly (readonly [string, string])[] = [
  ['CD05 00 1100 500000', 'A75316AD1596B953'],
  ['6F', '05 2D5FF67FFEC9D2D3'],
  ['F505', '00 00 1100 500000 2AAC7517024E09DC'],
  [`3D05 000000 340000 ${counting(0, 52)}`, '765C9DAA50ECB62F'],
  [`3D05 340000 1C0000 ${counting(52, 28)}`, '3E0AED986B8B0F37'],
  ['BD05 000000 300000', `${counting(0, 48)} 4C65F1F842262BAC`],
  ['BD05 300000 200000', `${counting(48, 32)} F02205CF913C03C9`],
  ['DF05', '1BEF0D32B6D1D7F9'],
];

describe('the chain of MACs through a whole session of a real card', () => {
  it('[T26] holds over plain commands too, from the first to the last', () => {
    const channel = new SecureChannel(fromHex(SESSION_KEY));
    for (const [command, answer] of EXCHANGES) {
      channel.macCommand(fromHex(command));
      expect(channel.openMaced(fromHex(answer), 0), command).toEqual(fromHex(answer).slice(0, -8));
    }
  });

  it.each([1, 3, 6])('[T26] breaks for good when exchange %i is left out', (missing) => {
    const channel = new SecureChannel(fromHex(SESSION_KEY));
    const opened = EXCHANGES.filter((_, index) => index !== missing).map(([command, answer]) => {
      channel.macCommand(fromHex(command));
      return channel.openMaced(fromHex(answer), 0) !== null;
    });
    expect(opened).toEqual(opened.map((_, index) => index < missing));
  });

  it('refuses an answer too short for a MAC', () => {
    const channel = new SecureChannel(fromHex(SESSION_KEY));
    expect(channel.openMaced(fromHex('00112233445566'), 0)).toBeNull();
  });
});

describe('enciphered answers', () => {
  it('are refused when empty, of a broken block, or too short for what was asked', () => {
    const channel = new SecureChannel(zeros(16));
    expect(channel.openEnciphered(zeros(0), 0, 0)).toBeNull();
    expect(channel.openEnciphered(zeros(15), 0, 4)).toBeNull();
    expect(channel.openEnciphered(zeros(16), 0, 13)).toBeNull();
    expect(channel.openEnciphered(zeros(16), 0, 4)).toBeNull();
  });
});
