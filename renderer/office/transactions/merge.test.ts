import { expect, it } from 'vitest';
import type { OfficeTransaction } from '#contract/central/index.ts';
import { keyOf, mergeFirstPage } from './useTransactions.ts';

const row = (seq: number) => ({ terminal: 't', epoch: 1, seq }) as OfficeTransaction;
const page = (seqs: number[], next: string | null) => ({
  transactions: seqs.map(row),
  next,
  totals: { count: seqs.length, amountMinor: 0, points: 0, cards: 0 },
  days: [],
  terminals: [],
});

it('puts new rows above, marks them, and loses none that were loaded further down', () => {
  const loaded = { ...page([3, 2, 1], 'older'), fresh: new Set<string>() };
  const merged = mergeFirstPage(loaded, page([4, 3], 'page-1'));
  expect(merged.transactions.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  expect([...merged.fresh]).toEqual([keyOf(row(4))]);
  expect(merged.next).toBe('older');
});

it('keeps the mark on what came last when a reading brings nothing new', () => {
  const arrived = mergeFirstPage({ ...page([1], null), fresh: new Set<string>() }, page([2, 1], null));
  expect([...mergeFirstPage(arrived, page([2, 1], null)).fresh]).toEqual([keyOf(row(2))]);
});

it('marks nothing on the first reading', () => {
  expect(mergeFirstPage(null, page([2, 1], null)).fresh.size).toBe(0);
});
