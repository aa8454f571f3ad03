import { ORPCError } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { SaleResult } from '#contract/till/loyalty.ts';
import type { TillClient } from '../door/client.ts';
import { createScreenStore } from '../state/screen.ts';
import { createTillStore } from '../state/till.ts';
import { createSaleActions } from './actions.ts';
import type { Sale } from './sale.ts';

const sold: Sale = {
  stage: 'result',
  intention: {
    id: 'i1',
    amountMinor: 1250,
    source: 'keyboard',
    receiptNumber: null,
    tender: 'cash' as const,
    choice: null,
  },
  result: { points: 12, balance: 1227 } as SaleResult,
  print: 'confirmed',
  why: null,
  reprinting: false,
  copy: 0,
  answered: false,
};

/** The counter of a sale that stands, with a service whose reprint ends as told; null: there is no way to it. */
function counterWith(reprint: (() => Promise<unknown>) | null) {
  const sale = createStore<Sale>(() => sold);
  const client = () => (reprint ? ({ loyalty: { reprint } } as unknown as TillClient) : null);
  const parts = { till: createTillStore(), screen: createScreenStore(), newId: () => 'i2' };
  return { sale, actions: createSaleActions({ ...parts, sale, client, sound: { play: () => {} } as never }) };
}

describe('a reprint', () => {
  it('tells what the service says', async () => {
    const { sale, actions } = counterWith(async () => ({ print: 'confirmed', why: null, copy: 1 }));
    await actions.reprint('i1');
    expect(sale.getState()).toMatchObject({ print: 'confirmed', reprinting: false, copy: 1 });
  });

  it.each([
    ['whose link dropped', new Error('socket closed')],
    ['that met a defect of the service', new ORPCError('INTERNAL_SERVER_ERROR')],
    ['that the till calls unknown', new ORPCError('REFUSED', { data: { type: 'ServiceGone' } })],
  ])('[T7] %s may have come out: the print is unknown', async (_, thrown) => {
    const { sale, actions } = counterWith(() => Promise.reject(thrown));
    await actions.reprint('i1');
    expect(sale.getState()).toMatchObject({ print: 'unknown', reprinting: false, copy: 0 });
  });

  it('that the till refuses has failed, and says why', async () => {
    const thrown = new ORPCError('REFUSED', { data: { type: 'EntryNotFound' } });
    const { sale, actions } = counterWith(() => Promise.reject(thrown));
    await actions.reprint('i1');
    expect(sale.getState()).toMatchObject({ print: 'failed', why: { type: 'EntryNotFound' } });
  });

  it('that reaches no service changes nothing', async () => {
    const { sale, actions } = counterWith(null);
    await actions.reprint('i1');
    expect(sale.getState()).toEqual(sold);
  });
});
