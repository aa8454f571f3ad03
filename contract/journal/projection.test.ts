import { expect, it } from 'vitest';
import type { JournalEntry } from './entry.ts';
import { foldProjection } from './projection.ts';

const envelope = {
  v: 1,
  terminal: 't',
  epoch: 1,
  staff: null,
  role: null,
  wallTime: '2026-11-21T08:00:00.000Z',
  monotonicMs: 1,
  bootId: 'b',
  postings: [],
  previousHash: '',
} as const;
const sale = (seq: number, intention: string, cardNumber: string, balance: number): JournalEntry =>
  ({
    ...envelope,
    seq,
    intention,
    kind: 'loyalty.sale',
    body: { cardNumber, balance, totalSpendMinor: balance * 100, cardCounter: seq, ticketNumber: `P${seq}` },
  }) as unknown as JournalEntry;
const card = (seq: number, intention: string, outcome: string, tapToResultMs: number | null): JournalEntry =>
  ({ ...envelope, seq, intention, kind: 'card.outcome', body: { outcome, tapToResultMs } }) as unknown as JournalEntry;
const ticket = (seq: number, ticketNumber: string, outcome: string, copy: number): JournalEntry =>
  ({
    ...envelope,
    seq,
    intention: `print ${seq}`,
    kind: 'ticket.outcome',
    body: { ticketNumber, outcome, copy },
  }) as unknown as JournalEntry;

it('keeps the last sale of each card, and every sale with what became of it', () => {
  const { cards, operations, counts } = foldProjection([
    sale(1, 'a', 'x', 10),
    sale(2, 'b', 'y', 5),
    card(3, 'a', 'unknown', 80),
    sale(4, 'c', 'x', 25),
    ticket(5, 'P1', 'failed', 0),
    card(6, 'a', 'applied', null),
    ticket(7, 'P1', 'confirmed', 2),
    card(8, 'nobody', 'applied', 1),
    ticket(9, 'none', 'sent', 1),
  ]);
  expect(cards.get('x')).toMatchObject({ balance: 25, totalSpendMinor: 2500, counter: 4 });
  expect(cards.get('y')).toMatchObject({ balance: 5 });
  expect(operations.get('a')).toMatchObject({
    seq: 1,
    cardOutcome: 'applied',
    printOutcome: 'confirmed',
    copies: 2,
    tapToResultMs: 80,
  });
  expect(operations.get('b')).toMatchObject({ cardOutcome: null, printOutcome: null, copies: 0, tapToResultMs: null });
  expect([...operations.keys()]).toEqual(['a', 'b', 'c']);
  expect(Object.fromEntries(counts)).toEqual({ 'loyalty.sale': 3, 'card.outcome': 3, 'ticket.outcome': 3 });
});
