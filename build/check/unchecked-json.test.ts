import { expect, it } from 'vitest';
import { uncheckedJson } from './unchecked-json.ts';

it.each([
  ['an untyped variable', 'const a = JSON.parse(text);', ['JSON.parse']],
  ['a claimed type', 'const a = JSON.parse(text) as Sale;', ['JSON.parse']],
  ['an annotated variable', 'const a: Sale = JSON.parse(text);', ['JSON.parse']],
  ['a member taken at once', 'const a = JSON.parse(text).amount;', ['JSON.parse']],
  ['an answer', 'const a = await response.json();', ['.json()']],
  ['a claimed answer', 'const a = (await response.json()) as Sale;', ['.json()']],
])('finds %s', (_what, source, expected) => {
  expect(uncheckedJson(source, 'a.ts')).toEqual(expected);
});

it.each([
  ['a schema', 'const a = Sale.parse(JSON.parse(text));'],
  ['an awaited answer into a schema', 'const a = Sale.safeParse(await response.json());'],
  ['a variable declared unknown', 'const a: unknown = JSON.parse(text); const b: unknown = await r.json();'],
  ['a function that says what it gives', 'function read(t: string): unknown { return JSON.parse(t); }'],
  ['another parse', 'const a = Sale.parse(text);'],
])('lets %s pass', (_what, source) => {
  expect(uncheckedJson(source, 'a.ts')).toEqual([]);
});
