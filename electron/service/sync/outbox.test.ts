import { expect, it } from 'vitest';
import { outboxOf } from './outbox.ts';

const waiting = (byKind: Record<string, number>) => ({
  count: Object.values(byKind).reduce((sum, count) => sum + count, 0),
  oldestMs: 5,
  byKind,
});

it('[T17] counts what a person calls an operation: three sales are three, whatever entries they made', () => {
  const byKind = { 'loyalty.sale': 3, 'staff.signed-in': 3, 'card.outcome': 3, 'ticket.outcome': 3 };
  expect(outboxOf(waiting(byKind))).toEqual({
    unsent: 3,
    unsentEntries: 12,
    oldestUnsentMs: 5,
    unsentByKind: { 'loyalty.sale': 3 },
  });
});

it('[T17] is not empty before the last entry is acknowledged', () => {
  expect(outboxOf(waiting({ 'ticket.outcome': 2 }))).toMatchObject({
    unsent: 1,
    unsentEntries: 2,
    unsentByKind: { other: 1 },
  });
  expect(outboxOf({ count: 0, oldestMs: null, byKind: {} })).toEqual({
    unsent: 0,
    unsentEntries: 0,
    oldestUnsentMs: null,
    unsentByKind: {},
  });
});
