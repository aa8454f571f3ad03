import { expect, it } from 'vitest';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { opensDrawer } from './drawer.ts';

const opens = (kind: string, body: object) => opensDrawer({ kind, body } as JournalEntry<'loyalty.sale'>);

it('[N1] the drawer opens where cash changes hands, and nowhere else', () => {
  expect(opens('loyalty.sale', { source: 'keyboard' })).toBe(true);
  expect(opens('loyalty.sale', { source: 'command', tender: 'cash' })).toBe(true);
  expect(opens('loyalty.sale', { source: 'keyboard', tender: 'other' })).toBe(false);
  expect(opens('loyalty.sale', { source: 'register' })).toBe(false);
  expect(opens('loyalty.reversal', { amountMinor: 1250 })).toBe(true);
  expect(opens('loyalty.reversal', { amountMinor: 0 })).toBe(false);
  expect(opens('loyalty.reversal', { amountMinor: 1250, tender: 'other' })).toBe(false);
  expect(opens('loyalty.spend', {})).toBe(false);
});
