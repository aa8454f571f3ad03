import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Moment, shopTime } from './shop-time.ts';

const zones = ['Africa/Abidjan', 'Europe/Paris', 'Pacific/Noumea', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC'];

/** Asked of Intl directly, without anything kept. */
function asked({ wallMs, timeZone }: Moment) {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).formatToParts(
    wallMs,
  );
  const part = (type: string) => Number(parts.find((found) => found.type === type)!.value);
  const day = Date.UTC(part('year'), part('month') - 1, part('day')) / 86_400_000;
  const weekday = new Date(day * 86_400_000).getUTCDay() || 7;
  return { day, weekday, minute: part('hour') * 60 + part('minute') };
}

it('agrees with Intl at any moment of this century in any zone', () => {
  const moments = fc.record({
    timeZone: fc.constantFrom(...zones),
    wallMs: fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2060, 0, 1) }),
  });
  fc.assert(
    fc.property(moments, (moment) => {
      expect(shopTime(moment)).toEqual(asked(moment));
    }),
  );
});

it('puts the clocks forward and back to the minute', () => {
  const at = (text: string) => {
    const { minute } = shopTime({ wallMs: Date.parse(text), timeZone: 'Europe/Paris' });
    return `${Math.floor(minute / 60)}:${minute % 60}`;
  };
  expect([at('2026-03-29T00:59:59.999Z'), at('2026-03-29T01:00:00Z')]).toEqual(['1:59', '3:0']);
  expect([at('2026-10-25T00:59:00Z'), at('2026-10-25T01:00:00Z')]).toEqual(['2:59', '2:0']);
});

it('refuses a zone that does not exist', () => {
  expect(() => shopTime({ wallMs: 0, timeZone: 'Africa/Nowhere' })).toThrow(RangeError);
});
