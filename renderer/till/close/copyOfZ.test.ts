import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import type { TillClient } from '../door/client.ts';
import { type Closed, withCopy } from './copyOfZ.ts';

const z = { intention: 'z1', number: 7, print: 'confirmed', why: null, copy: 1 } as Closed;
const service = (reprint: (asked: unknown) => Promise<unknown>) => ({ day: { reprint } }) as unknown as TillClient;

it('[N1] asks for the Z by its intention, and counts its copy', async () => {
  const asked: unknown[] = [];
  const printing = service(async (order) => {
    asked.push(order);
    return { print: 'confirmed', why: null, copy: 2 };
  });
  expect(await withCopy(printing, z, 'i2')).toEqual({ ...z, copy: 2 });
  expect(asked).toEqual([{ intention: 'i2', z: 'z1' }]);
});

it('[N1] a copy of a Z that the till refuses is told as refused; one whose answer is lost may have come out', async () => {
  const refused = service(() => Promise.reject(new ORPCError('REFUSED', { data: { type: 'NotAllowed' } })));
  expect(await withCopy(refused, z, 'i2')).toEqual({ ...z, print: 'failed', why: { type: 'NotAllowed' } });
  const lost = service(() => Promise.reject(new Error('socket closed')));
  expect(await withCopy(lost, z, 'i2')).toEqual({ ...z, print: 'unknown', why: null });
});
