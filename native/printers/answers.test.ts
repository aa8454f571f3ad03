import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseAnswers } from './answers.ts';
import { joined } from './bytes.ts';

const parse = (...bytes: number[]) => parseAnswers(Uint8Array.from(bytes));

it('tells the four answers apart', () => {
  expect(parse(0x12, 0x00, 0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0x00, 0x10, 0x00, 0x0c, 0x0f, 0x16).answers).toEqual([
    { kind: 'real-time', byte: 0x12 },
    { kind: 'paper-sensor', byte: 0x00 },
    { kind: 'process-id', id: '0042' },
    { kind: 'auto-status' },
    { kind: 'real-time', byte: 0x16 },
  ]);
});

it.each([0x11, 0x13, 0x80, 0x92, 0xff, 0xb2])('takes %i for no status', (byte) => {
  expect(parse(byte)).toEqual({ answers: [{ kind: 'garbage', byte }], rest: new Uint8Array() });
});

it('keeps the beginning of an answer for the next bytes', () => {
  expect(parse(0x12, 0x37, 0x22, 0x30)).toEqual({
    answers: [{ kind: 'real-time', byte: 0x12 }],
    rest: Uint8Array.of(0x37, 0x22, 0x30),
  });
  expect(parse(0x14, 0x00).rest).toEqual(Uint8Array.of(0x14, 0x00));
});

it('does not swallow an answer behind a broken block', () => {
  expect(parse(0x37, 0x12).answers).toEqual([
    { kind: 'garbage', byte: 0x37 },
    { kind: 'real-time', byte: 0x12 },
  ]);
  expect(parse(0x10, 0x12).answers).toEqual([
    { kind: 'garbage', byte: 0x10 },
    { kind: 'real-time', byte: 0x12 },
  ]);
});

it('reads the same answers however the bytes are split', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.array(fc.nat(60), { maxLength: 8 }), (bytes, cuts) => {
      const edges = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const split = edges.slice(1).reduce((so, edge, index) => {
        const parsed = parseAnswers(joined([so.rest, bytes.slice(edges[index], edge)]));
        return { answers: [...so.answers, ...parsed.answers], rest: parsed.rest };
      }, parseAnswers(new Uint8Array()));
      expect(split).toEqual(parseAnswers(bytes));
      expect(split.rest.length).toBeLessThan(7);
    }),
  );
});
