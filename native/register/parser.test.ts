import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maxAmountMinor } from '#contract/money/index.ts';
import { joined } from '#native/printers/bytes.ts';
import { registerFrame } from '#native/simulators/register.ts';
import type { RegisterFormat } from './format.ts';
import { registerFormat, registerFormatNames } from './formats.ts';
import { createRegisterParser, type RegisterEvent } from './parser.ts';

const formatOf = (name: string): RegisterFormat => {
  const format = registerFormat(name);
  if (!format.ok) throw new Error(format.error.type);
  return format.value;
};
const line = formatOf('ascii-line');
const checked = formatOf('stx-etx-lrc');
const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const short = (event: RegisterEvent) =>
  event.ok ? [event.value.amountMinor, event.value.receiptNumber] : event.error.type;
const taking = (format: RegisterFormat, text: string, exponent = 2) =>
  createRegisterParser(format, exponent).take(bytes(text)).map(short);

it.each([
  ['12.50\r\n', [1250, null]],
  ['TOTAL   12,5;A-77\r\n', [1250, 'A-77']],
  ['TOTAL1250\r\n', [125000, null]],
  ['0012.00\r\n', [1200, null]],
])('[T14] reads the line %j', (text, expected) => {
  expect(taking(line, text)).toEqual([expected]);
});

it('[T14] reads amounts in the currency’s own decimals', () => {
  expect(taking(line, '1250\r\n12.500\r\n1250.00\r\n', 0)).toEqual([
    [1250, null],
    'RegisterAmountDecimals',
    [1250, null],
  ]);
  expect(taking(line, '12.500\r\n', 3)).toEqual([[12500, null]]);
  expect(taking(checked, '\x02A000000001250\x03D'), 'minor units are minor units').toEqual(
    taking(checked, '\x02A000000001250\x03D', 0),
  );
});

it('[T14] reads a framed amount with its literal check byte', () => {
  // A ^ 8 zeros ^ '1' ^ '2' ^ '5' ^ '0' ^ ETX = 41 ^ 31 ^ 32 ^ 35 ^ 30 ^ 03 = 44 (hexadecimal).
  expect(taking(checked, '\x02A000000001250\x03D')).toEqual([[1250, null]]);
  expect(taking(checked, '\x02A000000001250000077\x03D')).toEqual([[1250, '000077']]);
});

it.each([
  ['\x02A000000001250\x03C', 'RegisterChecksumWrong'],
  ['\x02A000000001251\x03D', 'RegisterChecksumWrong'],
  ['noise', 'RegisterGarbage'],
  ['\x02A0000\xff', 'RegisterGarbage'],
  ['\x02A0000\x02', 'RegisterFrameCutShort'],
  [`\x02A${'0'.repeat(40)}`, 'RegisterFrameTooLong'],
])('names what is wrong with %j', (text, expected) => {
  expect(taking(checked, text)[0]).toBe(expected);
});

it.each([
  ['0\r\n', 'RegisterAmountZero'],
  ['0.00\r\n', 'RegisterAmountZero'],
  ['1000000000000\r\n', 'RegisterAmountTooLarge'],
  [`${'9'.repeat(60)}\r\n`, 'RegisterAmountTooLarge'],
  ['-12.50\r\n', 'RegisterAmountNegative'],
  ['12.505\r\n', 'RegisterAmountDecimals'],
  ['12.\r\n', 'RegisterFrameUnreadable'],
  ['BONJOUR\r\n', 'RegisterFrameUnreadable'],
  ['12.50 EUR\r\n', 'RegisterFrameUnreadable'],
  ['12\r34\r\n', 'RegisterFrameUnreadable'],
])('refuses the line %j', (text, expected) => {
  expect(taking(line, text)).toEqual([expected]);
});

it('accepts the largest amount of a sale and no more', () => {
  expect(taking(line, `${maxAmountMinor}\r\n${maxAmountMinor + 1}\r\n`, 0)).toEqual([
    [maxAmountMinor, null],
    'RegisterAmountTooLarge',
  ]);
});

it('finds its way again after noise, a broken frame and a flood', () => {
  const good = '\x02A000000001250\x03D';
  expect(taking(checked, `~~${good}\x02A00${good}\x02A000000001250\x03C${good}${'x'.repeat(5000)}${good}`)).toEqual([
    'RegisterGarbage',
    [1250, null],
    'RegisterFrameCutShort',
    [1250, null],
    'RegisterChecksumWrong',
    [1250, null],
    'RegisterGarbage',
    [1250, null],
  ]);
  expect(taking(line, `${'9'.repeat(5000)}\r\n12.50\r\n\xff\xfe12.50\r\n12.50\r\n`)).toEqual([
    'RegisterFrameTooLong',
    [1250, null],
    'RegisterGarbage',
    [1250, null],
  ]);
});

it('passes over empty lines', () => {
  expect(taking(line, '\r\n\r\n12.50\r\n')).toEqual([[1250, null]]);
});

it('does not join the two halves around a frame it gave up', () => {
  const parser = createRegisterParser(line, 2);
  parser.take(bytes('12'));
  expect(parser.isInside()).toBe(true);
  expect(parser.giveUp().map(short)).toEqual(['RegisterFrameCutShort']);
  expect(parser.take(bytes('50\r\n')).map(short)).toEqual([[5000, null]]);
  expect(parser.isInside()).toBe(false);
});

const amounts = fc.array(
  fc.record({
    amountMinor: fc.integer({ min: 1, max: maxAmountMinor }),
    receiptNumber: fc.constantFrom(undefined, '000042', '123456'),
  }),
  { maxLength: 8 },
);

it.each(registerFormatNames())('[T14] gives the same amounts of %s however the bytes are split and joined', (name) => {
  const format = formatOf(name);
  fc.assert(
    fc.property(
      amounts,
      fc.array(fc.nat(400), { maxLength: 30 }),
      fc.constantFrom(0, 2, 3),
      (given, cuts, exponent) => {
        const stream = joined(
          given.map(({ amountMinor, receiptNumber }) =>
            registerFrame(
              format,
              receiptNumber === undefined ? { amountMinor } : { amountMinor, receiptNumber },
              exponent,
            ),
          ),
        );
        const parser = createRegisterParser(format, exponent);
        const edges = [0, ...cuts.map((cut) => Math.min(cut, stream.length)).sort((a, b) => a - b), stream.length];
        const events = edges.slice(1).flatMap((edge, index) => parser.take(stream.slice(edges[index], edge)));
        expect(events.map(short)).toEqual(
          given.map(({ amountMinor, receiptNumber }) => [amountMinor, receiptNumber ?? null]),
        );
      },
    ),
  );
});

/** An independent reading: every STX … ETX check that is right, found by looking at all bytes at once. */
function framedRightly(stream: Uint8Array): Set<string> {
  const right = new Set<string>();
  stream.forEach((byte, begin) => {
    const end = stream.indexOf(0x03, begin);
    const sum = stream.slice(begin + 1, end + 1).reduce((one, other) => one ^ other, 0);
    if (byte === 0x02 && end > 0 && stream[end + 1] === sum) {
      right.add(Buffer.from(stream.slice(begin + 1, end)).toString('latin1'));
    }
  });
  return right;
}

it('never throws on garbage, and takes no amount from a frame that was not right', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 80 }),
    fc.constantFrom('\x02', '\x03', 'A000000001250', '\x02A000000001250\x03D').map(bytes),
  );
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 12 }), (pieces) => {
      const stream = joined(pieces);
      const right = framedRightly(stream);
      for (const event of createRegisterParser(checked, 2).take(stream))
        if (event.ok) expect(right).toContain(event.value.raw);
      for (const event of createRegisterParser(line, 2).take(stream))
        if (event.ok) expect(event.value.amountMinor).toBeGreaterThan(0);
    }),
    { numRuns: 500 },
  );
});
