/** A moment as a shop lives it. `day` counts from 1970-01-01 in the shop's zone, `weekday` is 1 Monday to 7 Sunday. */
export type ShopTime = { day: number; weekday: number; minute: number };

/** When, and in whose time zone (IANA name). */
export type Moment = { wallMs: number; timeZone: string };

const minuteMs = 60_000;
const dayMs = 86_400_000;
const maxDaysKept = 4_096;

/** How far a zone is ahead of UTC during one UTC day: `beforeMs` until `changesAtMs`, `afterMs` from then on. */
type DayOffset = { beforeMs: number; changesAtMs: number; afterMs: number };

/** Asking Intl takes microseconds, a rule nanoseconds: a zone's answers are kept, a day at a time. Bounded; same in, same out. */
const zones = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, DayOffset> }>();
const maxZones = 64;

/**
 * The shop's day, weekday and minute of the day. Summer time included: IANA's rules through Intl.
 * @throws RangeError for a zone that Intl does not know
 */
export function shopTime({ wallMs, timeZone }: Moment): ShopTime {
  const localMs = wallMs + offsetMs(timeZone, wallMs);
  const day = Math.floor(localMs / dayMs);
  return { day, weekday: weekdayOf(day), minute: Math.floor((localMs - day * dayMs) / minuteMs) };
}

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

function offsetMs(timeZone: string, wallMs: number): number {
  const zone = zones.get(timeZone) ?? newZone(timeZone);
  const utcDay = Math.floor(wallMs / dayMs);
  const known = zone.days.get(utcDay) ?? newDay(zone, utcDay);
  return wallMs < known.changesAtMs ? known.beforeMs : known.afterMs;
}

function newZone(timeZone: string) {
  if (zones.size >= maxZones) zones.clear();
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const zone = { format, days: new Map<number, DayOffset>() };
  zones.set(timeZone, zone);
  return zone;
}

function newDay(zone: { format: Intl.DateTimeFormat; days: Map<number, DayOffset> }, utcDay: number): DayOffset {
  const startMs = utcDay * dayMs;
  const beforeMs = askOffset(zone.format, startMs);
  const afterMs = askOffset(zone.format, startMs + dayMs - minuteMs);
  const changesAtMs = beforeMs === afterMs ? startMs + dayMs : changeIn(zone.format, startMs, beforeMs);
  if (zone.days.size >= maxDaysKept) zone.days.clear();
  const found = { beforeMs, changesAtMs, afterMs };
  zone.days.set(utcDay, found);
  return found;
}

/** The minute at which a zone's clocks are put forward or back: eleven halvings of a day. */
function changeIn(format: Intl.DateTimeFormat, startMs: number, beforeMs: number): number {
  let low = 0;
  let high = 1440 - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (askOffset(format, startMs + middle * minuteMs) === beforeMs) low = middle;
    else high = middle;
  }
  return startMs + high * minuteMs;
}

function askOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - atMs;
}
