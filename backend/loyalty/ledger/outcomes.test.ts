import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joined, type Known, writeState } from './outcomes.ts';

const outcome = fc.constantFrom<Known>(null, 'unknown', 'not-applied', 'quarantined', 'applied');

describe('outcomes of one write', () => {
  it('join to the same whatever the order and the repetitions (invariants 12 and 16)', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 6 }), fc.array(outcome, { maxLength: 6 }), (some, others) => {
        const all = [...some, ...others];
        const forwards = all.reduce(joined, null);
        expect([...others, ...some, ...others].reduce(joined, null)).toBe(forwards);
        expect(all.toReversed().reduce(joined, null)).toBe(forwards);
      }),
    );
  });

  it('never reopen a write that is settled', () => {
    for (const kind of ['sale', 'spend', 'reversal', 'moved-in'] as const) {
      fc.assert(
        fc.property(outcome, outcome, (before, said) => {
          if (writeState(kind, before) === 'settled') expect(writeState(kind, joined(before, said))).toBe('settled');
        }),
      );
    }
  });

  it('leave a torn credit to be written and a lost debit alone', () => {
    expect(writeState('sale', 'not-applied')).toBe('open');
    expect(writeState('spend', 'not-applied')).toBe('settled');
    expect(writeState('sale', null)).toBe('none');
    expect(writeState('reversal', null)).toBe('open');
    expect(writeState('moved-out', null)).toBe('none');
  });
});
