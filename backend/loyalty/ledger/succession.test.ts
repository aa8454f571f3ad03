import { expect, it } from 'vitest';
import { overspending } from './check-cards.ts';
import { findings, type Neighbours, type OnCard } from './succession.ts';

const record = (intention: string, counter: number, points: number, balance: number): OnCard => ({
  ...{ intention, cardNumber: '0417209320', counter, points, balance },
});
const at = record('b', 14, 50, 150);
const kinds = (around: Partial<Omit<Neighbours, 'at'>>) =>
  findings({ at, previous: null, next: null, twin: null, ...around }).map(({ what }) => what);

it('finds nothing wrong with records that follow each other', () => {
  expect(kinds({ previous: record('a', 13, 10, 100), next: record('c', 15, -20, 130) })).toEqual([
    'explained',
    'explained',
  ]);
});

it('finds two records in one place, and a balance that does not follow', () => {
  expect(kinds({ twin: record('c', 14, 20, 120) })).toEqual(['contradicted']);
  expect(kinds({ previous: record('a', 13, 10, 90) })).toContain('contradicted');
  expect(kinds({ next: record('c', 15, -20, 9_000) })).toContain('contradicted');
});

it('waits where a record lies between that may still come', () => {
  expect(kinds({ previous: record('a', 12, 10, 90) })).toEqual(['unexplained']);
  expect(kinds({ previous: record('a', 12, 10, 100) })).toEqual(['explained']);
});

it('calls a spending overspent where the running balance fell below zero, not where a later reversal took it there', () => {
  const operation = (intention: string, kind: 'sale' | 'spend' | 'reversal', points: number) => ({
    ...{ intention, kind, points, cardNumber: '1', outcome: 'applied' as const },
  });
  const history = [operation('a', 'sale', 100), operation('b', 'spend', -100), operation('c', 'reversal', -100)];
  expect(overspending(history, [{ cardNumber: '1', balance: -100 }])).toEqual([]);
  expect(overspending([...history, operation('d', 'spend', -10)], [{ cardNumber: '1', balance: -110 }])).toEqual(['d']);
});
