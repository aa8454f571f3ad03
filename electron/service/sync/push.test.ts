import { describe, expect, it } from 'vitest';
import { genesisHash, type SealedEntry } from '#contract/journal/entry.ts';
import { maxBatchBytes, maxBatchEntries, nextBatch } from './push.ts';

const sealed = (epoch: number, seq: number, padding = ''): SealedEntry => ({
  entry: {
    v: 1,
    terminal: '019f0000-0000-7000-8000-000000000001',
    epoch,
    seq,
    intention: '019f0000-0000-7000-8000-000000000002',
    staff: null,
    role: null,
    wallTime: '2026-11-21T09:00:00.000Z',
    monotonicMs: 0,
    bootId: '019f0000-0000-7000-8000-000000000003',
    postings: [{ account: `a${padding}`, commodity: 'c', amount: 0 }],
    previousHash: genesisHash,
    kind: 'staff.signed-in',
    body: { by: 'pin' },
  },
  hash: genesisHash,
  signature: 'A'.repeat(86),
});
const run = (epoch: number, from: number, count: number, padding?: string) =>
  Array.from({ length: count }, (_, index) => sealed(epoch, from + index, padding));

describe('the next batch', () => {
  it('is nothing of nothing', () => expect(nextBatch([])).toEqual([]));

  it('is bounded in entries', () => expect(nextBatch(run(1, 1, 500))).toHaveLength(maxBatchEntries));

  it('is bounded in bytes, counted as sent, and takes one entry whatever its size', () => {
    const tenth = 'é'.repeat(maxBatchBytes / 20);
    expect(nextBatch(run(1, 1, 50, tenth))).toHaveLength(9);
    expect(nextBatch(run(1, 1, 2, 'x'.repeat(maxBatchBytes)))).toHaveLength(1);
  });

  it('ends where an epoch ends', () => {
    expect(nextBatch([...run(1, 7, 3), ...run(2, 1, 3)]).map(({ entry }) => [entry.epoch, entry.seq])).toEqual([
      [1, 7],
      [1, 8],
      [1, 9],
    ]);
  });

  it('never passes over a hole: that is a defect of the store', () => {
    expect(() => nextBatch([sealed(1, 1), sealed(1, 3)])).toThrow(RangeError);
  });
});
