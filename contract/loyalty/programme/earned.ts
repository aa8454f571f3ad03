import { isWithin } from './days.ts';
import { type Multiplier, maxPointsPerSale, type Programme } from './schema.ts';
import type { ShopTime } from './shop-time.ts';

const usualPercent = 100;

/** Points of a purchase at the usual rate and its steps: no bonus, no day or hour. @param countingMinor what counts in it */
export function pointsFor({ earn }: Programme, countingMinor: number): number {
  if (countingMinor <= 0 || countingMinor < (earn.minimumAmountMinor ?? 0)) return 0;
  let points = fullSteps(earn, countingMinor);
  // The best rate that the purchase reaches, not the last: so one franc more never earns less, whatever a file says.
  for (const step of earn.steps ?? []) {
    if (countingMinor >= step.fromAmountMinor) points = Math.max(points, fullSteps(step, countingMinor));
  }
  return Math.min(points, maxPointsPerSale);
}

/** Whole steps only, never rounded up. Largest: 500 000 000 x 10 000, exact in a double. */
const fullSteps = (rate: { points: number; perAmountMinor: number }, amountMinor: number): number =>
  Math.floor(amountMinor / rate.perAmountMinor) * rate.points;

/** The highest multiplier that holds at a moment, in percent; 100 where none does. */
export function percentAt({ earn }: Programme, at: ShopTime): number {
  let percent = usualPercent;
  for (const multiplier of earn.multipliers ?? []) {
    if (multiplier.percent > percent && holdsAt(multiplier, at)) percent = multiplier.percent;
  }
  return percent;
}

const holdsAt = (multiplier: Multiplier, { day, weekday, minute }: ShopTime): boolean =>
  minute >= multiplier.fromMinute &&
  minute < multiplier.toMinute &&
  multiplier.weekdays.includes(weekday) &&
  isWithin(multiplier, day);

/** What a purchase earns by itself at a moment. Zero outside the programme's days; rounded down once, at the end. */
export function earnedAt(programme: Programme, countingMinor: number, at: ShopTime): number {
  if (programme.dates && !isWithin(programme.dates, at.day)) return 0;
  const points = Math.floor((pointsFor(programme, countingMinor) * percentAt(programme, at)) / usualPercent);
  return Math.min(points, maxPointsPerSale);
}
