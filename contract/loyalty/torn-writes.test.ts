import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CardRecord, intentionTagOf } from './card-record.ts';
import { newestSettles, type OpenIntent, recordAfter, settlementOf } from './torn-writes.ts';

const visible = 9;
const issued: CardRecord = {
  operation: 'issue',
  counter: 0,
  balancePoints: 0,
  deltaPoints: 0,
  totalSpendMinor: 0,
  timeSeconds: 0,
  cardData: 1,
  intentionTag: '0000000000000001',
};
const intentionNumber = (number: number) => `019f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const ours: OpenIntent = {
  intention: intentionNumber(0),
  operation: 'earn',
  cardCounter: 0,
  points: 12,
  spendMinor: 1250,
  wallMs: 0,
};

/** A card's whole life: so many records before ours, ours or not, so many after. Newest first. */
function life(before: number, applied: boolean, after: number): { all: CardRecord[]; intent: OpenIntent } {
  const all = [issued];
  const add = (intention: string) => all.unshift(recordAfter(all[0]!, { ...ours, intention }));
  for (let number = 1; number <= before; number++) add(intentionNumber(number));
  const intent = { ...ours, cardCounter: all[0]!.counter + 1 };
  if (applied) add(intent.intention);
  for (let number = 1; number <= after; number++) add(intentionNumber(1000 + number));
  return { all, intent };
}

describe('what became of a torn write', () => {
  it('is decided rightly from what is visible, or not at all', () => {
    const times = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(times, fc.boolean(), times, (before, applied, after) => {
        const { all, intent } = life(before, applied, after);
        const { outcome } = settlementOf(intent, all.slice(0, visible));
        const decidable = after + (applied ? 1 : 0) <= visible;
        const truth = applied ? 'applied' : 'write-again';
        // Down to a card's first record everything is visible, however short its life.
        expect(outcome).toBe(decidable || all.length <= visible ? truth : 'quarantined');
      }),
    );
  });

  it('is never guessed from the newest record alone', () => {
    const times = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(times, fc.boolean(), times, (before, applied, after) => {
        const { all, intent } = life(before, applied, after);
        if (!newestSettles([intent], all[0]!)) return;
        expect(settlementOf(intent, all.slice(0, 1)).outcome).toBe(applied ? 'applied' : 'write-again');
      }),
    );
  });

  it('is not read off an earlier sale whose id ends like ours', () => {
    const timeBased = (clock: string) => `${clock}-c6b2-11f1-8005-123456789abc`;
    const earlier = recordAfter(issued, { ...ours, intention: timeBased('4aa61960') });
    const intent = { ...ours, intention: timeBased('4aa61ab5'), cardCounter: 2 };
    expect(settlementOf(intent, [earlier, issued])).toEqual({ outcome: 'write-again' });
    expect(settlementOf(intent, [recordAfter(earlier, intent), earlier])).toMatchObject({ outcome: 'applied' });
  });

  it('is no matter of an empty history', () => {
    expect(settlementOf(ours, [])).toEqual({ outcome: 'quarantined' });
  });
});

describe('the record of a purchase', () => {
  it('[T6] holds the balance, the counter, the operation and the tag of its intention', () => {
    const record = recordAfter(
      { ...issued, counter: 5, balancePoints: 100, totalSpendMinor: 900 },
      { ...ours, wallMs: 61_999 },
    );
    expect(record).toEqual({
      operation: 'earn',
      counter: 6,
      balancePoints: 112,
      deltaPoints: 12,
      totalSpendMinor: 2150,
      timeSeconds: 61,
      cardData: 1,
      intentionTag: intentionTagOf(ours.intention),
    });
  });
});
