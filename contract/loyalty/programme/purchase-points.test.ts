import { expect, it } from 'vitest';
import { type Purchase, purchasePoints } from './purchase-points.ts';
import type { Programme } from './schema.ts';

const programme: Programme = {
  id: 'shop',
  version: 1,
  name: 'Points',
  currency: 'XOF',
  earn: { points: 1, perAmountMinor: 100 },
  gifts: [],
};

/** Tuesday 24 November 2026, 13:05 in Paris. */
const tuesday = Date.parse('2026-11-24T12:05:00Z');
const monthMs = 30 * 86_400_000;

const purchase = (amountMinor: number, more: Partial<Purchase> = {}): Purchase => ({
  amountMinor,
  excludedMinor: 0,
  wallMs: tuesday,
  timeZone: 'Europe/Paris',
  card: { balance: 40, lastVisitMs: tuesday - monthMs, firstVisit: false },
  birthday: null,
  birthdayBonusYear: null,
  ...more,
});

const earned = (rules: Partial<Programme['earn']>, amountMinor: number, more: Partial<Purchase> = {}) =>
  purchasePoints({ ...programme, earn: { ...programme.earn, ...rules } }, purchase(amountMinor, more)).earned;

it('[T18] counts whole steps of what counts, and nothing below the minimum', () => {
  expect(earned({}, 1250)).toBe(12);
  expect(earned({}, 1250, { excludedMinor: 300 })).toBe(9);
  expect(earned({}, 1250, { excludedMinor: 5_000 })).toBe(0);
  expect([earned({ minimumAmountMinor: 1000 }, 999), earned({ minimumAmountMinor: 1000 }, 1000)]).toEqual([0, 10]);
});

it('[T18] the whole purchase earns at the best rate that it reaches', () => {
  const steps = [{ fromAmountMinor: 10_000, points: 3, perAmountMinor: 200 }];
  expect([earned({ steps }, 9_999), earned({ steps }, 10_000), earned({ steps }, 10_250)]).toEqual([99, 150, 153]);
});

it('[T18] a multiplier holds on its days, from its first minute until before its last, in the shop’s own time', () => {
  const multipliers = [{ weekdays: [2, 6], fromMinute: 13 * 60, toMinute: 14 * 60, percent: 250 }];
  const at = (text: string) => earned({ multipliers }, 1_110, { wallMs: Date.parse(text) });
  expect(at('2026-11-24T11:59:59Z')).toBe(11);
  expect(at('2026-11-24T12:00:00Z')).toBe(27);
  expect(at('2026-11-24T13:00:00Z')).toBe(11);
  expect(at('2026-11-25T12:00:00Z')).toBe(11);
  // In summer the same hour of the shop is another one of UTC.
  expect([at('2026-07-25T11:30:00Z'), at('2026-07-25T12:30:00Z')]).toEqual([27, 11]);
});

it('[T18] outside the programme’s dates nothing is earned, on its first and last day it is', () => {
  const dated: Programme = { ...programme, dates: { from: '2026-11-24', to: '2026-11-24' }, welcomePoints: 50 };
  const at = (text: string) =>
    purchasePoints(
      dated,
      purchase(1_000, { wallMs: Date.parse(text), card: { balance: 0, lastVisitMs: null, firstVisit: true } }),
    ).points;
  expect([at('2026-11-23T22:59:00Z'), at('2026-11-23T23:00:00Z')]).toEqual([0, 60]);
  expect([at('2026-11-24T22:59:00Z'), at('2026-11-24T23:00:00Z')]).toEqual([60, 0]);
});

it('[T18] the rules’ own time zone comes before that of the computer they run on', () => {
  const multipliers = [{ weekdays: [2], fromMinute: 0, toMinute: 60, percent: 200 }];
  const inNoumea: Programme = { ...programme, timeZone: 'Pacific/Noumea', earn: { ...programme.earn, multipliers } };
  const mondayEvening = Date.parse('2026-11-23T13:30:00Z');
  expect(purchasePoints(inNoumea, purchase(1_000, { wallMs: mondayEvening })).earned).toBe(20);
});

it('[T18] a card is welcomed once', () => {
  const welcoming = { ...programme, welcomePoints: 50 };
  const first = purchase(1_250, { card: { balance: 0, lastVisitMs: null, firstVisit: true } });
  expect(purchasePoints(welcoming, first)).toEqual({
    earned: 12,
    extras: [{ what: 'welcome', points: 50 }],
    points: 62,
  });
  expect(purchasePoints(welcoming, purchase(1_250)).extras).toEqual([]);
});

it('[T18] a birthday is kept from some days before to some after, once a year, across the turn of the year', () => {
  const kind = { ...programme, birthday: { points: 100, daysBefore: 3, daysAfter: 7 } };
  const given = (day: string, birthday: string, birthdayBonusYear: number | null = null) =>
    purchasePoints(kind, purchase(1_250, { wallMs: Date.parse(`${day}T12:00:00Z`), birthday, birthdayBonusYear }))
      .points - 12;
  expect([given('2026-11-20', '11-24'), given('2026-11-21', '11-24')]).toEqual([0, 100]);
  expect([given('2026-12-01', '11-24'), given('2026-12-02', '11-24')]).toEqual([100, 0]);
  expect([given('2026-11-24', '11-24', 2026), given('2026-11-24', '11-24', 2025)]).toEqual([0, 100]);
  expect([given('2026-12-30', '01-01', 2026), given('2027-01-05', '01-01', 2027)]).toEqual([100, 0]);
  expect([given('2027-01-03', '12-29', 2026), given('2027-01-03', '12-29', 2025)]).toEqual([0, 100]);
  expect(given('2027-02-28', '02-29')).toBe(100);
});

it('[T18] points expire the day after so many months without a visit', () => {
  const strict = { ...programme, expiryMonths: 3 };
  const after = (day: string, balance = 40) =>
    purchasePoints(
      strict,
      purchase(1_250, {
        wallMs: Date.parse(`${day}T12:00:00Z`),
        card: { balance, lastVisitMs: Date.parse('2026-11-30T12:00:00Z'), firstVisit: false },
      }),
    );
  expect(after('2027-02-28').points).toBe(12);
  expect(after('2027-03-01')).toEqual({ earned: 12, extras: [{ what: 'expired', points: -40 }], points: -28 });
  expect(after('2027-03-01', -40).extras).toEqual([]);
});

it('keeps the change within what one record of the card holds', () => {
  const generous = {
    ...programme,
    earn: { points: 10_000, perAmountMinor: 1 },
    welcomePoints: 1_000_000,
    birthday: { points: 1_000_000, daysBefore: 0, daysAfter: 0 },
  };
  const card = { balance: 0, lastVisitMs: null, firstVisit: true };
  const all = purchasePoints(generous, purchase(500_000_000, { card, birthday: '11-24' }));
  expect(all.points).toBe(8_388_607);
  const huge = { balance: 2_000_000_000, lastVisitMs: 0, firstVisit: false };
  expect(purchasePoints({ ...programme, expiryMonths: 1 }, purchase(99, { card: huge })).points).toBe(-8_388_607);
});
