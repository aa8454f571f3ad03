import { ORPCError } from '@orpc/client';
import { expect, it } from 'vitest';
import type { TillClient } from '../door/client.ts';
import { whatMoves } from './whatMoves.ts';

const ledger = { balance: 120, networkWide: { replace: false, block: true, unblock: true } };
const accounts = { currency: 'XOF', purse: { balanceMinor: 500 }, credit: { owedMinor: 0 } };
const refused = (type: string) => Promise.reject(new ORPCError('REFUSED', { data: { type } }));

/** A service that answers so about any card. */
const service = (find: () => Promise<unknown>, show: () => Promise<unknown>): TillClient =>
  ({ cards: { find }, accounts: { show } }) as unknown as TillClient;

it('[T20] what a card leaves behind is what the server counts, its purse with it', async () => {
  const answered = service(
    async () => ({ ledger }),
    async () => accounts,
  );
  expect(await whatMoves(answered, '0417209320')).toEqual({
    stage: 'known',
    points: 120,
    heard: true,
    waits: true,
    accounts,
  });
});

it('[T20] a card that this shop has never served leaves no points; a purse nobody tells of is not said to be empty', async () => {
  const answered = service(
    async () => ({ ledger: { balance: null } }),
    () => refused('NeedsLink'),
  );
  const moves = { stage: 'known', points: 0, heard: false, waits: false, accounts: null };
  expect(await whatMoves(answered, '0417209320')).toEqual(moves);
});

it('is not known without the server or the service, and a card that nobody knows is refused at once', async () => {
  const unknown = { stage: 'unknown' };
  const none = () => refused('NeedsLink');
  expect(await whatMoves(null, '0417209320')).toEqual(unknown);
  expect(
    await whatMoves(
      service(async () => ({ ledger: null }), none),
      '0417209320',
    ),
  ).toEqual(unknown);
  expect(await whatMoves(service(none, none), '0417209320')).toEqual(unknown);
  expect(
    await whatMoves(
      service(() => Promise.reject(new Error('closed')), none),
      '0417209320',
    ),
  ).toEqual(unknown);
  const nobody = service(() => refused('CardNumberUnknown'), none);
  expect(await whatMoves(nobody, '0417209320')).toMatchObject({
    stage: 'refused',
    error: { type: 'CardNumberUnknown' },
  });
});
