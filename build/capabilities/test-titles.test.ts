import { expect, it } from 'vitest';
import { testTitlesOf } from './test-titles.ts';

const namesOf = (source: string, file = 'a.test.ts') => testTitlesOf(source, file).map((test) => test.name);

it('reads plain, templated and parametrised titles', () => {
  const source = [
    "it('[T7] one', () => {});",
    'test(`[T8] two of ${n}`, () => {});',
    "it.each([[1, 'a)']])('[N8] three %s', () => {});",
    "it.each`a | b\n${1} | ${2}`('[V1] four', () => {});",
    "test.for([1])('five', () => {});",
    "it.concurrent('six', async () => {});",
  ].join('\n');
  expect(namesOf(source)).toEqual(['[T7] one', '[T8] two of …', '[N8] three %s', '[V1] four', 'five', 'six']);
});

it('puts the titles of the groups before the test they hold', () => {
  const source = "describe('[T17] cut line', () => { describe('again', () => { it('keeps selling', () => {}); }); });";
  expect(testTitlesOf(source, 'a.test.ts')).toEqual([
    { title: '[T17] cut line › again › keeps selling', name: 'keeps selling' },
  ]);
});

it('takes nothing from comments, strings, other calls or tests that do not run', () => {
  const source = [
    "// it('[T1] in a comment', () => {});",
    'const text = "it(\'[T2] in a string\')";',
    "sit('[T3] another function');",
    "it.skip('[T4] skipped', () => {});",
    "it.todo('[T5] planned');",
    "it.skipIf(process.env.X)('[T6] perhaps', () => {});",
    "describe.skip('group', () => { it('[T9] inside', () => {}); });",
    "it('real', () => { expect(text).toBe(`it('[T10] quoted')`); });",
  ].join('\n');
  expect(namesOf(source)).toEqual(['real']);
});

it('reads a file with types and JSX', () => {
  const source =
    "import type { A } from './a.ts'; it('draws', () => { const a = <b className=\"x\">{1 satisfies A}</b>; });";
  expect(namesOf(source, 'a.test.tsx')).toEqual(['draws']);
  expect(namesOf("it('casts', () => { const a = <T>(t: T): T => t; });")).toEqual(['casts']);
});
