import { expect, it } from 'vitest';
import { idsIn, reportOf } from './report.ts';

const declared = (title: string) => ({ title, name: title });

it('lists every id, with an empty list where no test names it', () => {
  const { report } = reportOf(['T6', 'T7'], [declared('[T7] the ticket')]);
  expect(report).toEqual({ T6: [], T7: ['[T7] the ticket'] });
});

it('reports an id that the mission does not have', () => {
  expect(reportOf(['T7'], [declared('[T70] typing error')]).unknown).toEqual([
    { id: 'T70', title: '[T70] typing error' },
  ]);
});

it('reads several ids from one title and no other brackets', () => {
  expect(idsIn('[T7][T8] and [N8, N11] but not [T] or [7] or T9')).toEqual(['T7', 'T8', 'N8', 'N11']);
});
