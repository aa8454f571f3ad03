import type { DayTotals } from '#contract/journal/kinds/day.ts';

/** The totals of nothing. */
export const noTotals: DayTotals = {
  from: null,
  to: null,
  entries: 0,
  firstAt: null,
  lastAt: null,
  openedDay: null,
  lines: [],
  pointsGiven: 0,
  pointsTaken: 0,
  moneyOffMinor: 0,
  cash: { floatMinor: 0, salesMinor: 0, givenBackMinor: 0, putInMinor: 0, takenOutMinor: 0 },
  otherMinor: 0,
  drawer: [],
  dates: [],
};

const datesMax = 31;

/**
 * Two stretches together, `before` first: associative, with `noTotals` as its zero, so that a day may be counted in any pieces.
 * Of the totals of two tills the places mean nothing; the sums do.
 */
export function addTotals(before: DayTotals, after: DayTotals): DayTotals {
  return {
    from: before.from ?? after.from,
    to: after.to ?? before.to,
    entries: before.entries + after.entries,
    firstAt: before.firstAt ?? after.firstAt,
    lastAt: after.lastAt ?? before.lastAt,
    openedDay: before.openedDay ?? after.openedDay,
    lines: byKey(
      before.lines,
      after.lines,
      ({ trade, operation }) => `${trade} ${operation}`,
      (a, b) => ({
        ...a,
        count: a.count + b.count,
        amountMinor: a.amountMinor + b.amountMinor,
        points: a.points + b.points,
      }),
    ),
    pointsGiven: before.pointsGiven + after.pointsGiven,
    pointsTaken: before.pointsTaken + after.pointsTaken,
    moneyOffMinor: before.moneyOffMinor + after.moneyOffMinor,
    cash: {
      floatMinor: before.cash.floatMinor + after.cash.floatMinor,
      salesMinor: before.cash.salesMinor + after.cash.salesMinor,
      givenBackMinor: before.cash.givenBackMinor + after.cash.givenBackMinor,
      putInMinor: before.cash.putInMinor + after.cash.putInMinor,
      takenOutMinor: before.cash.takenOutMinor + after.cash.takenOutMinor,
    },
    otherMinor: before.otherMinor + after.otherMinor,
    ...addOnAccount(before.onAccount, after.onAccount),
    drawer: byKey(
      before.drawer,
      after.drawer,
      ({ reason }) => reason,
      (a, b) => ({ ...a, count: a.count + b.count }),
    ),
    dates: addDates(before.dates, after.dates),
  };
}

/** Absent where neither has any, as in totals of before there were accounts. */
function addOnAccount(before: DayTotals['onAccount'], after: DayTotals['onAccount']): Pick<DayTotals, 'onAccount'> {
  if (!before || !after) return before || after ? { onAccount: before ?? after } : {};
  const [purseMinor, creditMinor] = [before.purseMinor + after.purseMinor, before.creditMinor + after.creditMinor];
  return { onAccount: { purseMinor, creditMinor } };
}

/** Sorted by key, so that the same totals are the same text whatever came first. */
function byKey<T>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string, add: (a: T, b: T) => T): T[] {
  if (after.length === 0) return [...before];
  const all = new Map(before.map((item) => [keyOf(item), item]));
  for (const item of after) {
    const known = all.get(keyOf(item));
    all.set(keyOf(item), known ? add(known, item) : item);
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** A clock that runs wild makes dates without end: the oldest beyond 31 are counted together, under the newest of them. */
function addDates(before: DayTotals['dates'], after: DayTotals['dates']): DayTotals['dates'] {
  const sum = (a: DayTotals['dates'][number], b: DayTotals['dates'][number]) => ({
    day: a.day < b.day ? b.day : a.day,
    count: a.count + b.count,
    amountMinor: a.amountMinor + b.amountMinor,
  });
  const dates = byKey(before, after, ({ day }) => day, sum);
  const surplus = dates.length - datesMax;
  if (surplus <= 0) return dates;
  return [dates.slice(0, surplus + 1).reduce(sum), ...dates.slice(surplus + 1)];
}
