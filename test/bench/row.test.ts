import { expect, it } from 'vitest';
import { row } from './row.ts';

const facts = { id: 'a', unit: 'ms', note: '' };

it('gives value, reference and ratio in four digits', () => {
  expect(row({ ...facts, value: 1234.567, reference: 1000, goal: null })).toEqual({
    id: 'a',
    value: 1235,
    unit: 'ms',
    reference: 1000,
    ratio: 1.235,
    goal: null,
    met: null,
    note: '',
  });
});

it.each([
  [130, { ratioAtMost: 1.3 }, '<= 1.3 x', true],
  [131, { ratioAtMost: 1.3 }, '<= 1.3 x', false],
  [50, { ratioAtLeast: 0.5 }, '>= 0.5 x', true],
  [49, { ratioAtLeast: 0.5 }, '>= 0.5 x', false],
  [150, { valueAtMost: 150 }, '<= 150 ms', true],
  [151, { valueAtMost: 150 }, '<= 150 ms', false],
  [200, { valueAtLeast: 200 }, '>= 200 ms', true],
  [199, { valueAtLeast: 200 }, '>= 200 ms', false],
])('%d against 100 with %o', (value, goal, words, met) => {
  expect(row({ ...facts, value, reference: 100, goal })).toMatchObject({ goal: words, met });
});
