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

const entry = (seq: number, intention: string, kind: string, body: object): JournalEntry =>
  ({ ...envelope, seq, intention, kind, body }) as unknown as JournalEntry;
const spend = (seq: number, points: number, balance: number) =>
  entry(seq, 'spent', 'loyalty.spend', {
    ...{ cardNumber: 'x', points: -points, balance, totalSpendMinor: 0, cardCounter: seq, ticketNumber: `P${seq}` },
  });
const outcome = (seq: number, intention: string, body: object) =>
  entry(seq, intention, 'card.outcome', { cardNumber: 'x', tapToResultMs: null, ...body });
const foldCard = (...entries: JournalEntry[]) => foldProjection(entries).cards.get('x');

it('[N2] gives the points of a spending back once, however often it is found that nothing was taken', () => {
  const sold = sale(1, 'a', 'x', 100);
  const unknown = outcome(3, 'spent', { outcome: 'unknown' });
  const none = (seq: number) => outcome(seq, 'spent', { outcome: 'not-applied' });
  expect(foldCard(sold, spend(2, 40, 60), unknown)).toMatchObject({ balance: 60, counter: 2 });
  expect(foldCard(sold, spend(2, 40, 60), unknown, none(4), none(5))).toMatchObject({ balance: 100, counter: 1 });
  const beyond = outcome(4, 'spent', { outcome: 'not-applied', cardCounter: 7, balance: 900 });
  expect(foldCard(sold, spend(2, 40, 60), unknown, beyond)).toMatchObject({ balance: 100, counter: 7 });
  expect(foldCard(sold, spend(2, 40, 60), outcome(4, 'spent', { outcome: 'applied' }))).toMatchObject({ balance: 60 });
  // A credit stands whatever became of its write.
  expect(foldCard(sold, outcome(2, 'a', { outcome: 'not-applied' }))).toMatchObject({ balance: 100 });
});

it('[T20] moves the ledger with a reversal at once, and the counter with the card’s own word', () => {
  const reversal = entry(2, 'r', 'loyalty.reversal', {
    ...{ cardNumber: 'x', amountMinor: 300, points: -3, spendMinor: -300, cardCounter: 2, ticketNumber: 'P2' },
    reverses: { intention: 'a' },
  });
  const { cards, operations } = foldProjection([sale(1, 'a', 'x', 100), reversal]);
  expect(cards.get('x')).toMatchObject({ balance: 97, totalSpendMinor: 9_700, counter: 1 });
  expect(operations.get('a')).toMatchObject({ reversedMinor: 300, reversedPoints: 3 });
  expect(operations.get('r')).toMatchObject({ kind: 'loyalty.reversal', ticketNumber: 'P2', cardOutcome: null });
  const applied = outcome(3, 'r', { outcome: 'applied', cardCounter: 6, balance: 150 });
  expect(foldCard(sale(1, 'a', 'x', 100), reversal, applied)).toMatchObject({ balance: 150, counter: 6 });
});

it('[T20] moves a balance from card to card, and blocks the first', () => {
  const replaced = entry(3, 'm', 'card.replaced', {
    ...{ fromCard: 'x', toCard: 'y', points: 10, spendMinor: 1_000, cardCounter: 3 },
  });
  const { cards, operations, blocked } = foldProjection([sale(1, 'a', 'x', 10), sale(2, 'b', 'y', 5), replaced]);
  expect(cards.get('x')).toMatchObject({ balance: 0, totalSpendMinor: 0 });
  expect(cards.get('y')).toMatchObject({ balance: 15, totalSpendMinor: 1_500, counter: 2 });
  expect(operations.get('m')).toMatchObject({ cardNumber: 'y', ticketNumber: null });
  expect([...blocked]).toEqual([['x', true]]);
});

it('takes another till’s write to a card for news only where the card has come further', () => {
  const sold = sale(4, 'a', 'x', 100);
  const theirs = (cardCounter: number) => outcome(5, 'theirs', { outcome: 'applied', cardCounter, balance: 70 });
  expect(foldCard(sold, theirs(5))).toMatchObject({ balance: 70, counter: 5 });
  expect(foldCard(sold, theirs(3))).toMatchObject({ balance: 100, counter: 4 });
  expect(foldCard(theirs(5))).toBeUndefined();
});

it('a card whose issue comes on record after its first sale stands where the sale left it', () => {
  const body = { cardNumber: 'x', balance: 40, cardCounter: 0 };
  const issued = { ...envelope, seq: 2, intention: 'i', kind: 'card.issued', body } as unknown as JournalEntry;
  expect(foldProjection([sale(1, 'a', 'x', 52), issued]).cards.get('x')).toMatchObject({ balance: 52, counter: 1 });
  expect(foldProjection([issued]).cards.get('x')).toMatchObject({ balance: 40, counter: 0 });
});
