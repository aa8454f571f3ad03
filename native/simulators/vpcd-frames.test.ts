import { expect, it } from 'vitest';
import { createVpcdParser, encodeVpcdFrame } from './vpcd-frames.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const apdu = { kind: 'apdu', bytes: hex('00a4040000') };

it('reads the controls', () => {
  expect(createVpcdParser()(hex('000100 000101 000102 000104'.replaceAll(' ', '')))).toEqual([
    { kind: 'power-off' },
    { kind: 'power-on' },
    { kind: 'reset' },
    { kind: 'atr' },
  ]);
});

it('reads a command that comes byte by byte', () => {
  const parse = createVpcdParser();
  const messages = [...hex('000500a4040000')].flatMap((byte) => parse(Uint8Array.of(byte)));
  expect(messages).toEqual([apdu]);
});

it('reads joined messages and keeps the beginning of the next', () => {
  const parse = createVpcdParser();
  expect(parse(hex('000500a40400000001010005'))).toEqual([apdu, { kind: 'power-on' }]);
  expect(parse(hex('00a4040000'))).toEqual([apdu]);
});

it('reads a length that needs both bytes', () => {
  const long = new Uint8Array(0x0107).fill(7);
  expect(createVpcdParser()(encodeVpcdFrame(long))).toEqual([{ kind: 'apdu', bytes: long }]);
});

it('names what it does not know, and an empty message, as unknown', () => {
  expect(createVpcdParser()(hex('0001090000'))).toEqual([
    { kind: 'unknown', bytes: hex('09') },
    { kind: 'unknown', bytes: hex('') },
  ]);
});

it('writes the length before the answer', () => {
  expect(encodeVpcdFrame(hex('9000'))).toEqual(hex('00029000'));
});
