import { expect, it } from 'vitest';
import { toldToPerson } from './told.ts';

it.each([
  ['database', 'database'],
  ['{"time":1,"msg":"the database lies elsewhere"}', 'the database lies elsewhere'],
  ['{"level":50,"msg":"the database was lost"}', 'the database was lost'],
  ['{"level":30,"msg":"answered","status":200}', null],
  ['{ not a log line', '{ not a log line'],
])('of %s a person is told %s', (line, told) => {
  expect(toldToPerson(line)).toBe(told);
});
