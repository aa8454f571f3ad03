import { expect, it } from 'vitest';
import { closingLine, countsOf, sum } from './counts.ts';

const report = (
  numbers: Partial<Record<'passed' | 'failed' | 'pending' | 'todo', number>>,
  testResults: unknown[] = [],
) => ({
  numPassedTests: numbers.passed ?? 0,
  numFailedTests: numbers.failed ?? 0,
  numPendingTests: numbers.pending ?? 0,
  numTodoTests: numbers.todo ?? 0,
  testResults,
});

it('counts what the report counts', () => {
  expect(countsOf(report({ passed: 4, failed: 1, pending: 1, todo: 1 }), 1)).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
  });
});

it('counts a file that did not load as a failure', () => {
  const files = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
    { status: 'passed', assertionResults: [{}] },
  ];
  expect(countsOf(report({ passed: 1, failed: 1 }, files), 1).failed).toBe(2);
});

it.each([
  ['a status without a failed test', report({ passed: 9 }), 1],
  ['a run ended by a signal', report({ passed: 9 }), null],
  ['a run that wrote no report', undefined, 0],
])('takes %s for a failure', (_what, value, exitCode) => {
  expect(countsOf(value, exitCode).failed).toBe(1);
});

it('closes with the words scripts look for', () => {
  expect(
    closingLine(
      sum([
        { passed: 2, failed: 0, skipped: 0 },
        { passed: 3, failed: 1, skipped: 0 },
      ]),
    ),
  ).toBe('5 passed, 1 failed');
  expect(closingLine({ passed: 1, failed: 0, skipped: 2 })).toBe('1 passed, 0 failed, 2 skipped');
});
