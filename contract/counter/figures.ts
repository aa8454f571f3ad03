import type { DayTotals } from '#contract/journal/kinds/day.ts';

type Trade = DayTotals['lines'][number]['trade'];

/** What the shop took, less what it gave back; of one trade, or of all. */
export const takingsMinor = (totals: DayTotals, trade?: Trade): number =>
  totals.lines.reduce((sum, line) => sum + (trade && line.trade !== trade ? 0 : line.amountMinor), 0);

/** What should lie in the drawer. */
export function expectedCashMinor({ cash }: DayTotals): number {
  return cash.floatMinor + cash.salesMinor - cash.givenBackMinor + cash.putInMinor - cash.takenOutMinor;
}

/** Nothing happened since the Z before that a Z could say. */
export const isEmptyDay = (totals: DayTotals): boolean =>
  totals.lines.length === 0 &&
  totals.drawer.length === 0 &&
  totals.openedDay === null &&
  totals.cash.putInMinor === 0 &&
  totals.cash.takenOutMinor === 0;

/**
 * The day these totals are of: the one somebody opened, or else the date on which most was done; of two, the later.
 * @param today where nothing was done yet
 */
export function dayOf({ openedDay, dates }: DayTotals, today: string): string {
  if (openedDay !== null) return openedDay;
  const [busiest] = dates.toSorted((a, b) => b.count - a.count || (a.day < b.day ? 1 : -1));
  return busiest?.day ?? today;
}

/** What was done on a date before the day: after its own Z, or on a day that nobody closed. */
export function lateIn({ dates }: DayTotals, day: string): { count: number; amountMinor: number } {
  const late = dates.filter((date) => date.day < day);
  return {
    count: late.reduce((sum, { count }) => sum + count, 0),
    amountMinor: late.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}
