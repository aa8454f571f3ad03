import type { Period } from './schema.ts';

const dayMs = 86_400_000;

/** A calendar day as a count from 1970-01-01. @param month 1 to 12 */
export const dayOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / dayMs;

/** `2026-11-24` as a count from 1970-01-01. */
export const dayOfText = (text: string): number =>
  dayOf(Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10)));

/** The year, month (1 to 12) and day of a count from 1970-01-01. */
export function calendarOf(day: number): { year: number; month: number; day: number } {
  const date = new Date(day * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** Whether a day lies in a period; both its ends count, an absent end is open. */
export const isWithin = ({ from, to }: Period, day: number): boolean =>
  (from === undefined || day >= dayOfText(from)) && (to === undefined || day <= dayOfText(to));

/** A day that the month has: its last where it is shorter. */
const dayInMonth = (year: number, month: number, day: number): number =>
  day <= 28 ? day : Math.min(day, new Date(Date.UTC(year, month, 0)).getUTCDate());

/** The same day so many months later; the month's last where it has no such day (31 January + 1 month: 28 or 29 February). */
export function monthsLater(day: number, months: number): number {
  const from = calendarOf(day);
  const index = from.year * 12 + (from.month - 1) + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  return dayOf(year, month, dayInMonth(year, month, from.day));
}

/** A birthday (`02-29`) in a year; where that year has no such day, the month's last. */
export function birthdayIn(year: number, monthAndDay: string): number {
  const month = Number(monthAndDay.slice(0, 2));
  return dayOf(year, month, dayInMonth(year, month, Number(monthAndDay.slice(3, 5))));
}
