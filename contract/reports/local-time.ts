/** What clocks on the wall show: an instant's local date and time as if they were UTC, in ms. */
export type LocalTime = (instantMs: number) => number;

/** Zones change their offset on a quarter of an hour. */
const stepMs = 15 * 60_000;
/** A year of quarters, and some more. */
const offsetsKept = 40_000;

/**
 * Local time in a zone (IANA name). Asking the calendar costs 2 µs; a year of sales asks it once for each quarter of an hour.
 * @throws RangeError for a zone that does not exist
 */
export function localTimeIn(timeZone: string): LocalTime {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();
  return (instantMs) => {
    const step = Math.floor(instantMs / stepMs);
    let offset = offsets.get(step);
    if (offset === undefined) {
      if (offsets.size >= offsetsKept) offsets.clear();
      offset = offsetAt(format, step * stepMs);
      offsets.set(step, offset);
    }
    return instantMs + offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, instantMs: number): number {
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute, second } = parts as Record<string, number>;
  return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - instantMs;
}

/** `2026-11-23 14:05:09`: what spreadsheets of every language read as a date and time. */
export const localText = (localMs: number): string => {
  const text = new Date(localMs).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
};
