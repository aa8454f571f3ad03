import { expect, it } from 'vitest';
import { localTexts, localTimeIn } from './local-time.ts';

const zones = [
  'Africa/Abidjan',
  'Europe/Paris',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Noumea',
  'Africa/Casablanca',
];

it.each(zones)('shows what the calendar shows in %s, also around a change of the clocks', (timeZone) => {
  const text = localTexts(localTimeIn(timeZone));
  const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  // Every 7 min 13 s for a year, and each quarter of an hour of the days on which clocks change in Paris and on Lord Howe.
  for (let ms = Date.UTC(2026, 0, 1); ms < Date.UTC(2027, 0, 1); ms += 433_000 * 61)
    expect(text(ms)).toBe(calendar.format(ms));
  for (const day of ['2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-02-15', '2026-03-22']) {
    const from = Date.parse(day) - 86_400_000;
    for (let ms = from; ms < from + 3 * 86_400_000; ms += 450_000) expect(text(ms)).toBe(calendar.format(ms));
  }
});

it('refuses a zone that does not exist', () => {
  expect(() => localTimeIn('Europe/Atlantis')).toThrow(RangeError);
});
