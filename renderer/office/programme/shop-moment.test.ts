import { expect, it } from 'vitest';
import { momentOf, momentText } from './shop-moment.ts';

it.each(['Africa/Abidjan', 'Europe/Paris', 'Pacific/Noumea', 'America/St_Johns'])(
  'reads %s’s clock as it shows it',
  (zone) => {
    for (const text of ['2026-07-14T23:59', '2026-11-24T00:00', '2026-03-29T04:00', '2026-10-25T01:30']) {
      expect(momentText(momentOf(text, zone)!, zone)).toBe(text);
    }
  },
);

it('knows an unfilled field', () => {
  expect(momentOf('', 'Europe/Paris')).toBeNull();
  expect(momentOf('2026-11-24T13:00', 'Europe/Paris')).toBe(Date.parse('2026-11-24T12:00:00Z'));
});
