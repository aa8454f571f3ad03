/** One day's purchases, as the server sums them. */
export type Day = { day: string; amountMinor: number; count: number };
export type Bar = Day & { label: string; weekday: number };

/** More bars than this say nothing any more: the last ones are kept. */
const mostBars = 62;
const dayMs = 86_400_000;

const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Every day from the first to the last, in order; a day without a purchase is an empty bar, not a gap. */
export function barsOf(days: readonly Day[]): Bar[] {
  if (days.length === 0) return [];
  const known = new Map(days.map((day) => [day.day, day]));
  const last = Math.max(...days.map(({ day }) => toMs(day)));
  const first = Math.max(Math.min(...days.map(({ day }) => toMs(day))), last - (mostBars - 1) * dayMs);
  const count = Math.round((last - first) / dayMs) + 1;
  return Array.from({ length: count }, (_, index) => {
    const ms = first + index * dayMs;
    const day = toDay(ms);
    const { amountMinor, count: sales } = known.get(day) ?? { amountMinor: 0, count: 0 };
    const date = new Date(ms);
    return { day, amountMinor, count: sales, label: String(date.getUTCDate()), weekday: date.getUTCDay() };
  });
}

/** Round steps of an axis from 0 to at least `top`: 1, 2, 4 or 5 times a power of ten, four steps at most. */
export function ticksOf(top: number): number[] {
  if (top <= 0) return [0, 1];
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 4, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(top / step) + 1 }, (_, index) => index * step);
}
