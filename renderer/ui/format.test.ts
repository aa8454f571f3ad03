import { expect, it } from 'vitest';
import { formatDay, formatMoment, formatSeconds, formatTime, initialsOf, shortNameOf } from './format.ts';

const at = (text: string) => new Date(text).getTime();

it('writes times on 24 hours, in both languages', () => {
  expect(formatTime(at('2026-11-23T14:32:00'), 'fr')).toBe('14:32');
  expect(formatTime(at('2026-11-23T00:05:00'), 'en')).toBe('00:05');
});

it('adds the day only when it is another one, and the year only when it is another', () => {
  const now = at('2026-11-23T14:32:00');
  expect(formatMoment(at('2026-11-23T09:00:00'), now, 'fr')).toBe('09:00');
  expect(formatMoment(at('2026-11-24T13:05:00'), now, 'fr')).toBe('mar. 24 nov., 13:05');
  expect(formatDay(at('2026-11-17T10:00:00'), now, 'fr')).toBe('17 nov.');
  expect(formatDay(at('2025-11-17T10:00:00'), now, 'en')).toBe('17 Nov 2025');
});

it('writes seconds with the decimal sign of the language', () => {
  expect(formatSeconds(940, 'fr')).toBe('0,9');
  expect(formatSeconds(940, 'en')).toBe('0.9');
  expect(formatSeconds(38, 'fr')).toBe('0,04');
});

it('shortens a name', () => {
  expect(initialsOf('Awa Koné')).toBe('AK');
  expect(shortNameOf('Rose N’Dri')).toBe('Rose N.');
  expect(shortNameOf('Awa')).toBe('Awa');
});
