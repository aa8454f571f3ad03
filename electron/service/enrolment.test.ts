import { describe, expect, it } from 'vitest';
import type { Enrolment } from '#contract/central/index.ts';
import { err, ok } from '#contract/result/index.ts';
import { describeError } from '#resources/locales/describe.ts';
import { enrolOnce } from './enrolment.ts';
import type { CentralFailure, EnrolmentFault, Sync } from './sync/index.ts';

const asked = { centralUrl: 'https://central.example', code: 'ABCD-EFGH', name: 'till' };
const enrolment = { terminal: 't1' } as Enrolment;
const syncOf = (parts: Partial<Pick<Sync, 'enrolment' | 'enrol'>>) =>
  ({ enrolment: () => null, enrol: async () => ok(enrolment), ...parts }) as Sync;
const failing = (error: CentralFailure | EnrolmentFault) => enrolOnce(syncOf({ enrol: async () => err(error) }), asked);

describe('an enrolment', () => {
  it('gives what the server gave', async () => {
    expect(await enrolOnce(syncOf({}), asked)).toEqual(ok(enrolment));
  });

  it('is made once', async () => {
    const enrolled = syncOf({ enrolment: () => enrolment });
    expect(await enrolOnce(enrolled, asked)).toEqual(err({ type: 'AlreadyEnrolled' }));
  });

  it('with a code that is not valid says so', async () => {
    const refusal = { type: 'EnrolmentCodeInvalid' } as const;
    expect(await failing({ type: 'CentralRefused', refusal })).toMatchObject({
      error: { type: 'EnrolmentCodeInvalid' },
    });
  });

  const failures: [CentralFailure | EnrolmentFault, object][] = [
    [
      { type: 'CentralUnreachable', why: 'dns', status: null },
      { why: 'dns', status: null },
    ],
    [
      { type: 'CentralUnreachable', why: 'refused', status: null },
      { why: 'refused', status: null },
    ],
    [
      { type: 'CentralUnreachable', why: 'certificate', status: null },
      { why: 'certificate', status: null },
    ],
    [
      { type: 'CentralUnreachable', why: 'status', status: 503 },
      { why: 'status', status: 503 },
    ],
    [{ type: 'CentralRefused', refusal: { type: 'InvalidRequest' } }, { why: 'InvalidRequest' }],
    [
      { type: 'CentralAnswerInvalid', what: 'not-json', where: '/' },
      { why: 'CentralAnswerInvalid', what: 'not-json' },
    ],
    [{ type: 'StoreRefused', cause: 'DiskFull' }, { why: 'DiskFull' }],
    [{ type: 'EnrolmentUnreadable' }, { why: 'EnrolmentUnreadable' }],
  ];
  it.each(failures)('that fails for %j keeps the reason', async (failure, facts) => {
    expect(await failing(failure)).toEqual(err({ type: 'EnrolmentFailed', facts }));
  });

  it('that failed tells nobody to go on selling', () => {
    const fr = describeError('fr', { type: 'EnrolmentFailed', facts: { why: 'dns' } });
    expect(`${fr.message} ${fr.remedy}`).not.toContain('vendre');
    const en = describeError('en', { type: 'EnrolmentFailed', facts: { why: 'dns' } });
    expect(`${en.message} ${en.remedy}`).not.toContain('selling');
    expect(en.message).toContain('dns');
  });
});
