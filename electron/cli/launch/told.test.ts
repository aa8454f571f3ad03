import { expect, it } from 'vitest';
import { toldToPerson } from './told.ts';

it.each([
  ['database', 'database'],
  ['{"level":"warn","event":"the database lies elsewhere"}', 'the database lies elsewhere'],
  ['{"level":"info","event":"answered","status":200}', null],
  ['{ not a log line', '{ not a log line'],
])('of %s a person is told %s', (line, told) => {
  expect(toldToPerson(line)).toBe(told);
});
