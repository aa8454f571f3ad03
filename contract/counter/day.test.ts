import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { DayTotals } from '#contract/journal/kinds/day.ts';
import { addTotals, noTotals } from './add-totals.ts';
import { foldDay } from './day.ts';
import { dayTicket } from './day-ticket.ts';
import { dayOf, expectedCashMinor, isEmptyDay, lateIn, takingsMinor } from './figures.ts';
import { localDayIn } from './local-day.ts';

const localDay = localDayIn('Africa/Lome');
const noon = Date.parse('2026-11-23T12:00:00.000Z');
let seq = 1;
/** What the fold reads of an entry: its place, its time, its kind, its body. */
const entry = (kind: string, body: object, wallMs = noon): JournalEntry =>
  ({ epoch: 1, seq: seq++, kind, body, wallTime: new Date(wallMs).toISOString() }) as unknown as JournalEntry;
const sale = (amountMinor: number, more: object = {}, wallMs = noon) =>
  entry('loyalty.sale', { amountMinor, points: Math.floor(amountMinor / 100), ...more }, wallMs);
const moved = (amountMinor: number) => entry('cash.moved', { amountMinor });

describe('the totals of a day', () => {
  it('[N1] say what was taken, given back, put in and taken out, and what should lie in the drawer', () => {
    const totals = foldDay(
      [
        entry('day.opened', { day: '2026-11-23', floatMinor: 20_000 }),
        sale(10_000),
        sale(5_000, { tender: 'other' }),
        entry('card.outcome', {}),
        entry('loyalty.spend', { points: -500, reward: { kind: 'gift' } }),
        entry('loyalty.spend', { points: -200, reward: { kind: 'money', amountMinor: 400 } }),
        entry('loyalty.reversal', { amountMinor: 2_500, points: -25 }),
        entry('loyalty.reversal', { amountMinor: 1_000, points: -10, tender: 'other' }),
        entry('card.issued', { points: 50 }),
        moved(3_000),
        moved(-8_000),
        entry('drawer.opened', { reason: 'change' }),
        entry('loyalty.refused', {}),
      ],
      localDay,
    );
    expect(totals.lines).toEqual([
      { trade: 'loyalty', operation: 'card-issued', count: 1, amountMinor: 0, points: 50 },
      { trade: 'loyalty', operation: 'gift', count: 1, amountMinor: 0, points: -500 },
      { trade: 'loyalty', operation: 'money-off', count: 1, amountMinor: 0, points: -200 },
      { trade: 'loyalty', operation: 'refused', count: 1, amountMinor: 0, points: 0 },
      { trade: 'loyalty', operation: 'reversal', count: 2, amountMinor: -3_500, points: -35 },
      { trade: 'loyalty', operation: 'sale', count: 2, amountMinor: 15_000, points: 150 },
    ]);
    expect(totals).toMatchObject({ entries: 13, pointsGiven: 200, pointsTaken: 735, moneyOffMinor: 400 });
    expect(totals.otherMinor).toBe(4_000);
    expect(totals.drawer).toEqual([{ reason: 'change', count: 1 }]);
    expect(takingsMinor(totals)).toBe(11_500);
    expect(expectedCashMinor(totals)).toBe(20_000 + 10_000 - 2_500 + 3_000 - 8_000);
    expect(DayTotals.safeParse(totals).success).toBe(true);
  });

  it('[N1] [N2] take a spending back that turned out to have taken nothing, in the day that says so', () => {
    const spent = foldDay([entry('loyalty.spend', { points: -200, reward: { kind: 'gift' } })], localDay);
    const found = foldDay([entry('card.outcome', { outcome: 'not-applied', givenBackPoints: 200 })], localDay);
    expect(DayTotals.safeParse(found).success).toBe(true);
    const both = addTotals(spent, found);
    expect(both.lines.reduce((sum, { points }) => sum + points, 0)).toBe(0);
    expect(both).toMatchObject({ pointsGiven: 200, pointsTaken: 200, entries: 2 });
    expect(isEmptyDay(found)).toBe(false);
    const applied = foldDay([entry('card.outcome', { outcome: 'applied' })], localDay);
    expect(isEmptyDay(applied)).toBe(true);
  });

  it('[N1] count money off less what is taken back of it, by a person or because the card never paid for it', () => {
    const off = (amountMinor: number) =>
      entry('loyalty.spend', { points: -200, reward: { kind: 'money', amountMinor } });
    const back = entry('loyalty.reversal', { amountMinor: 0, points: 200, moneyOffMinor: 400 });
    const never = entry('card.outcome', { outcome: 'not-applied', givenBackPoints: 200, givenBackMinor: 300 });
    const totals = foldDay([off(400), off(300), off(150), back, never], localDay);
    expect(totals.moneyOffMinor).toBe(150);
    expect(takingsMinor(totals)).toBe(0);
    const nextDay = foldDay([back], localDay);
    expect(nextDay.moneyOffMinor).toBe(-400);
    expect(DayTotals.safeParse(nextDay).success).toBe(true);
    const paper = (of: typeof totals) =>
      dayTicket({
        ...{ report: 'Z', draft: false, language: 'fr', timeZone: 'Africa/Lome', shop: { name: 'A' }, till: 'B' },
        ...{ staff: 'C', number: 1, currency: 'XOF', totals: of, atMs: noon, expectedMinor: 0, countedMinor: 0 },
        ...{ differenceMinor: 0, reason: null, late: { count: 0, amountMinor: 0 }, headHash: 'ab', copy: 0 },
      }).lines.flatMap((line) => (line.kind === 'columns' ? [`${line.left.trim()}: ${line.right}`] : []));
    expect(paper(totals)).toContain('remises accordées: −150');
    expect(paper(nextDay)).toContain('remises accordées: 400');
    expect(paper(noTotals).join()).not.toContain('remises accordées');
  });

  it('count the points that had expired as taken, and those of the purchase as given', () => {
    const totals = foldDay([sale(10_000, { points: -20, extras: [{ what: 'expired', points: -120 }] })], localDay);
    expect(totals).toMatchObject({ pointsGiven: 100, pointsTaken: 120 });
  });

  it('[N1] of a day that nobody opened begin with its first operation, without a float', () => {
    const totals = foldDay(
      [entry('staff.signed-in', {}, noon - 9_000), sale(100), sale(200, {}, noon + 60_000)],
      localDay,
    );
    expect(totals.openedDay).toBeNull();
    expect(totals.firstAt).toBe('2026-11-23T12:00:00.000Z');
    expect(totals.lastAt).toBe('2026-11-23T12:01:00.000Z');
    expect(expectedCashMinor(totals)).toBe(300);
    expect(isEmptyDay(totals)).toBe(false);
    expect(isEmptyDay(foldDay([entry('staff.signed-in', {})], localDay))).toBe(true);
  });
});

describe('the day that a Z is of', () => {
  const evening = Date.parse('2026-11-22T20:30:00.000Z');
  it('[N1] is the one on which most was done; what was done after the Z of the day before is late, at its own date', () => {
    const totals = foldDay([sale(700, {}, evening), sale(100), sale(200), sale(300)], localDay);
    expect(dayOf(totals, '2026-12-31')).toBe('2026-11-23');
    expect(lateIn(totals, '2026-11-23')).toEqual({ count: 1, amountMinor: 700 });
    expect(totals.dates).toEqual([
      { day: '2026-11-22', count: 1, amountMinor: 700 },
      { day: '2026-11-23', count: 3, amountMinor: 600 },
    ]);
  });

  it('is the opened one whatever was done, and today where nothing was', () => {
    const opened = foldDay(
      [sale(1, {}, evening), sale(1, {}, evening), entry('day.opened', { day: '2026-11-23', floatMinor: 0 })],
      localDay,
    );
    expect(dayOf(opened, '2026-12-31')).toBe('2026-11-23');
    expect(dayOf(noTotals, '2026-12-31')).toBe('2026-12-31');
  });

  it('is a date where the till stands, not in Greenwich', () => {
    const noumea = localDayIn('Pacific/Noumea');
    expect(noumea(Date.parse('2026-11-22T20:30:00.000Z'))).toBe('2026-11-23');
  });
});

const someEntry = fc.oneof(
  fc.record({
    kind: fc.constant('loyalty.sale'),
    amountMinor: fc.integer({ min: 1, max: 9_999 }),
    points: fc.integer({ min: -50, max: 99 }),
    tender: fc.constantFrom('cash', 'other', undefined),
  }),
  fc.record({
    kind: fc.constant('loyalty.reversal'),
    amountMinor: fc.integer({ min: 0, max: 9_999 }),
    points: fc.integer({ min: -99, max: 99 }),
  }),
  fc.record({
    kind: fc.constant('loyalty.spend'),
    points: fc.integer({ min: -99, max: -1 }),
    reward: fc.constantFrom({ kind: 'gift' }, { kind: 'money', amountMinor: 7 }),
  }),
  fc.record({ kind: fc.constant('cash.moved'), amountMinor: fc.integer({ min: -999, max: 999 }) }),
  fc.record({
    kind: fc.constant('day.opened'),
    day: fc.constantFrom('2026-11-20', '2026-11-23'),
    floatMinor: fc.integer({ min: 0, max: 99 }),
  }),
  fc.record({ kind: fc.constant('drawer.opened'), reason: fc.constantFrom('change', 'other') }),
  fc.record({ kind: fc.constantFrom('card.outcome', 'ticket.outcome', 'staff.signed-in', 'loyalty.refused') }),
);
const journal = fc
  .array(fc.tuple(someEntry, fc.integer({ min: 0, max: 60 })), { maxLength: 60 })
  .map((facts) => facts.map(([{ kind, ...body }, day]) => entry(kind, body, noon + day * 86_400_000)));

describe('a journal of any kind', () => {
  it('[N1] adds up: the totals of its pieces are those of the whole, wherever it is cut', () => {
    fc.assert(
      fc.property(journal, fc.array(fc.nat(60), { maxLength: 5 }), (entries, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, entries.length)).sort((a, b) => a - b), entries.length];
        const pieces = at.slice(1).map((end, index) => foldDay(entries.slice(at[index], end), localDay));
        expect(pieces.reduce(addTotals, noTotals)).toEqual(foldDay(entries, localDay));
      }),
    );
  });

  it('[N1] is added in any grouping, and stays within what an entry can hold', () => {
    fc.assert(
      fc.property(journal, journal, journal, (...parts) => {
        const [a, b, c] = parts.map((part) => foldDay(part, localDay)) as [DayTotals, DayTotals, DayTotals];
        expect(addTotals(addTotals(a, b), c)).toEqual(addTotals(a, addTotals(b, c)));
        expect(DayTotals.safeParse(addTotals(addTotals(a, b), c)).success).toBe(true);
      }),
    );
  });

  it('[N1] has in the drawer what came in less what went out, and no operation without its date', () => {
    fc.assert(
      fc.property(journal, (entries) => {
        const totals = foldDay(entries, localDay);
        expect(takingsMinor(totals)).toBe(totals.cash.salesMinor - totals.cash.givenBackMinor + totals.otherMinor);
        expect(totals.dates.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(takingsMinor(totals));
      }),
    );
  });
});
