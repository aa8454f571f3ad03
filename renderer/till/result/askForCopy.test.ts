import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import { askForCopy } from './askForCopy.ts';

const refused = (type: string) => new ORPCError('REFUSED', { data: { type } });

it('tells what the till says of the copy', async () => {
  const confirmed = { print: 'confirmed', why: null, copy: 3 } as const;
  expect(await askForCopy(async () => confirmed, 2)).toEqual(confirmed);
});

it.each([
  ['whose link dropped', new Error('socket closed'), null],
  ['that met a defect of the service', new ORPCError('INTERNAL_SERVER_ERROR'), null],
  ['that the till calls unknown', refused('PrintUnknown'), { type: 'PrintUnknown' }],
])('[T7] a copy %s may have come out: the print is unknown, and none is counted', async (_, thrown, why) => {
  expect(await askForCopy(() => Promise.reject(thrown), 2)).toEqual({ print: 'unknown', why, copy: 2 });
});

it('[T7] a copy that the till refuses did not come out, and says why', async () => {
  const failed = { print: 'failed', why: { type: 'NotAllowed' }, copy: 2 };
  expect(await askForCopy(() => Promise.reject(refused('NotAllowed')), 2)).toEqual(failed);
});
