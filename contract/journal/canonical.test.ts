import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, type Json } from './canonical.ts';

it('writes the strings and literals of RFC 8785 §3.2.2 as published', () => {
  const sample: unknown = JSON.parse(
    String.raw`{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}`,
  );
  expect(canonicalJson(sample as Json)).toBe(
    String.raw`{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

it('sorts the keys of RFC 8785 §3.2.3 as published, by UTF-16 code units', () => {
  const sample = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const order = [...canonicalJson(sample).matchAll(/:"([^"]+)"/g)].map(([, name]) => name);
  expect(order).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

it('agrees with an independent writer on every value a journal may hold', () => {
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
      fc.array(tie('value')),
      fc.dictionary(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        tie('value'),
      ),
    ),
  }));
  fc.assert(fc.property(value, (json) => canonicalJson(json) === canonicalize(json)));
});

it.each([
  ['a fraction', 0.5],
  ['an unsafe integer', 2 ** 53],
  ['not a number', Number.NaN],
  ['a lone surrogate', 'a\ud800'],
  ['a lone surrogate in a key', { '\udc00': 1 }],
])('refuses %s', (_what, value) => {
  expect(() => canonicalJson(value as Json)).toThrow(RangeError);
});

it('writes minus zero as zero and leaves out what is undefined', () => {
  expect(canonicalJson(-0)).toBe('0');
  expect(canonicalJson({ b: 1, a: undefined } as unknown as Json)).toBe('{"b":1}');
});
