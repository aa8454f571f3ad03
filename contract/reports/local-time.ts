/** What clocks on the wall show: an instant's local date and time as if they were UTC, in ms. */
export type LocalTime = (instantMs: number) => number;

const dayMs = 86_400_000;
/** Zones change their offset on a quarter of an hour. */
const stepMs = 15 * 60_000;
/** Days, and quarters of the few days on which the offset changes. */
const offsetsKept = 10_000;

/**
 * Local time in a zone (IANA name). Asking the calendar costs 10 µs: it is asked once a day, and at each quarter of an hour of a day
 * that ends with another offset than it began with.
 * @throws RangeError for a zone that does not exist
 */
export function localTimeIn(timeZone: string): LocalTime {
  const ask = calendar(timeZone);
  const known = new Map<number, number | null>();
  const remembered = (key: number, make: () => number | null): number | null => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= offsetsKept) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
  return (instantMs) => {
    const day = Math.floor(instantMs / dayMs);
    const whole = remembered(day, () => {
      const offset = ask(day * dayMs);
      return offset === ask((day + 1) * dayMs) ? offset : null;
    });
    if (whole !== null) return instantMs + whole;
    const step = Math.floor(instantMs / stepMs) * stepMs;
    // Days are small numbers, quarters in ms are not: one map holds both.
    return instantMs + remembered(step, () => ask(step))!;
  };
}

/** The offset of a zone at an instant, in ms. */
function calendar(timeZone: string): (instantMs: number) => number {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...numeric,
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
    timeZone,
  });
  return (instantMs) => {
    const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
    const { year, month, day, hour, minute, second } = parts as Record<string, number>;
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - instantMs;
  };
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Local times as `2026-11-23 14:05:09`, which spreadsheets of every language read as a date and time. Lists go day by day. */
export function localTexts(local: LocalTime): (instantMs: number) => string {
  let lastDay = Number.NaN;
  let dayText = '';
  return (instantMs) => {
    const localMs = local(instantMs);
    const day = Math.floor(localMs / dayMs);
    if (day !== lastDay) {
      lastDay = day;
      dayText = new Date(localMs).toISOString().slice(0, 10);
    }
    const seconds = Math.floor((localMs - day * dayMs) / 1_000);
    const minutes = Math.floor(seconds / 60);
    return `${dayText} ${twoDigits[Math.floor(minutes / 60)]}:${twoDigits[minutes % 60]}:${twoDigits[seconds % 60]}`;
  };
}
