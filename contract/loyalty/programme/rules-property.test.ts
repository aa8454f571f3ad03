import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loyaltySale, loyaltySpend } from '#contract/journal/kinds/loyalty.ts';
import { CARD_BOUNDS } from '#contract/loyalty/card-record.ts';
import { type CurrencyCode, currencies, maxAmountMinor } from '#contract/money/index.ts';
import { checkProgramme } from './contradictions.ts';
import { programmeFromFile, programmeToFile } from './file.ts';
import { type Purchase, purchasePoints } from './purchase-points.ts';
import { nextGift, rewardFor, spendableOf } from './rewards.ts';
import { Programme } from './schema.ts';

const upTo = (max: number, min = 0) => fc.integer({ min, max });
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const day = fc.constantFrom('2026-01-31', '2026-06-01', '2026-11-24', '2027-02-28');
const period = { from: optional(day), to: optional(day) };
const rate = { points: upTo(10_000, 1), perAmountMinor: upTo(1_000_000, 1) };
const amount = fc.oneof(upTo(20_000, 1), upTo(maxAmountMinor, 1));
const name = fc.constant({ fr: 'Savon', en: 'Soap' });

/** Any programme that the schema lets through, contradictions included. */
const anyProgramme: fc.Arbitrary<Programme> = fc
  .record({
    id: fc.constant('shop'),
    version: upTo(99, 1),
    name: fc.constant('Points'),
    currency: fc.constantFrom(...(Object.keys(currencies) as CurrencyCode[])),
    earn: fc.record({
      ...rate,
      minimumAmountMinor: optional(amount),
      steps: optional(fc.array(fc.record({ fromAmountMinor: amount, ...rate }), { maxLength: 4 })),
      multipliers: optional(
        fc.array(
          fc.record({
            weekdays: fc.uniqueArray(upTo(7, 1), { minLength: 1, maxLength: 7 }),
            fromMinute: upTo(1440),
            toMinute: upTo(1440),
            percent: upTo(1_000),
            ...period,
          }),
          { maxLength: 4 },
        ),
      ),
    }),
    gifts: fc.array(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c', 'd'),
        name,
        points: fc.oneof(upTo(2_000, 1), upTo(20_000_000, 1)),
        moneyOffMinor: optional(amount),
        ...period,
      }),
      { maxLength: 5 },
    ),
    money: optional(
      fc.record({
        points: fc.oneof(upTo(200, 1), upTo(20_000_000, 1)),
        amountMinor: amount,
        minimumPoints: optional(upTo(500, 1)),
      }),
    ),
    dates: optional(fc.record(period)),
    welcomePoints: optional(upTo(1_000_000, 1)),
    birthday: optional(fc.record({ points: upTo(1_000_000, 1), daysBefore: upTo(60), daysAfter: upTo(60) })),
    expiryMonths: optional(upTo(120)),
  })
  // As it is stored and read back: what is absent is no member.
  .map((programme) => Programme.parse(JSON.parse(JSON.stringify(programme))));

/** Two gifts of one id are a contradiction, which nobody can ask for apart. */
const withGiftsApart = anyProgramme.filter(({ gifts }) => new Set(gifts.map(({ id }) => id)).size === gifts.length);

const soundProgramme = anyProgramme.filter(
  (programme) => checkProgramme(programme, { currency: programme.currency, programmeId: 'shop' }).length === 0,
);

const wallMs = upTo(Date.UTC(2028, 0, 1), Date.UTC(2025, 0, 1));
const timeZone = fc.constantFrom('Africa/Abidjan', 'Europe/Paris', 'Pacific/Noumea');
const balance = fc.oneof(upTo(3_000, -500), upTo(CARD_BOUNDS.balancePoints.max, CARD_BOUNDS.balancePoints.min));
const anyPurchase: fc.Arbitrary<Purchase> = fc.record({
  amountMinor: amount,
  excludedMinor: fc.oneof(fc.constant(0), upTo(30_000)),
  wallMs,
  timeZone,
  card: fc.record({ balance, lastVisitMs: fc.option(wallMs), firstVisit: fc.boolean() }),
  birthday: fc.option(fc.constantFrom('01-01', '02-29', '11-24', '12-31')),
  birthdayBonusYear: fc.option(upTo(2028, 2024)),
});

const bodyPoints = loyaltySale.pick({ points: true, extras: true });

it('[T18] whatever the rules: whole points, never negative by rounding, within a record of the card', () => {
  fc.assert(
    fc.property(anyProgramme, anyPurchase, (programme, purchase) => {
      const { earned, extras, points } = purchasePoints(programme, purchase);
      expect(Number.isInteger(earned) && earned >= 0).toBe(true);
      expect(points).toBe(extras.reduce((sum, extra) => sum + extra.points, earned));
      expect(points).toBeGreaterThanOrEqual(-Math.max(0, purchase.card.balance));
      expect(bodyPoints.parse({ points, extras })).toEqual({ points, extras });
    }),
  );
});

it('[T18] whatever the rules: a larger purchase at the same moment never earns less, a larger exclusion never more', () => {
  fc.assert(
    fc.property(anyProgramme, anyPurchase, amount, (programme, purchase, other) => {
      const of = (amountMinor: number, excludedMinor: number) =>
        purchasePoints(programme, { ...purchase, amountMinor, excludedMinor }).points;
      const [small, large] = [Math.min(other, purchase.amountMinor), Math.max(other, purchase.amountMinor)];
      expect(of(large, purchase.excludedMinor)).toBeGreaterThanOrEqual(of(small, purchase.excludedMinor));
      expect(of(purchase.amountMinor, large)).toBeLessThanOrEqual(of(purchase.amountMinor, small));
    }),
  );
});

it('[T18] the same facts give the same points, whoever computes and whatever was computed before', () => {
  fc.assert(
    fc.property(anyProgramme, anyPurchase, anyPurchase, (programme, purchase, another) => {
      const onTheTill = purchasePoints(programme, purchase);
      purchasePoints(programme, another);
      // The server has the programme and the facts as they came over the wire.
      const overTheWire: unknown = JSON.parse(JSON.stringify({ programme, purchase }));
      const { programme: theirs, purchase: told } = overTheWire as { programme: Programme; purchase: Purchase };
      expect(purchasePoints(Programme.parse(theirs), told)).toEqual(onTheTill);
    }),
  );
});

it('[T18] what can be spent can be asked for, takes no more than the balance, and fits the journal', () => {
  const body = loyaltySpend.pick({ reward: true, points: true });
  fc.assert(
    fc.property(withGiftsApart, balance, wallMs, timeZone, (programme, points, at, zone) => {
      const moment = { wallMs: at, timeZone: zone };
      const { gifts, money } = spendableOf(programme, points, moment);
      const wishes = [
        ...gifts.map(({ id }) => ({ kind: 'gift', gift: id }) as const),
        ...(money ? [{ kind: 'points', points: money.points } as const] : []),
      ];
      for (const wish of wishes) {
        const given = rewardFor(programme, wish, points, moment);
        if (!given.ok) throw new Error(`${given.error.type} for ${JSON.stringify(wish)}`);
        expect(given.value.points).toBeLessThanOrEqual(points);
        expect(body.safeParse({ reward: given.value.reward, points: -given.value.points }).success).toBe(true);
      }
      if (money) expect(rewardFor(programme, { kind: 'points', points: points + 1 }, points, moment).ok).toBe(false);
      const next = nextGift(programme, points, moment);
      if (next && next.missing === 0) expect(points).toBeGreaterThanOrEqual(next.points);
    }),
  );
});

it('[T18] a programme written to a file and read back is the same one', () => {
  fc.assert(
    fc.property(soundProgramme, (programme) => {
      const shop = { currency: programme.currency, programmeId: 'shop' };
      expect(programmeFromFile(programmeToFile(programme), shop, programme.version)).toEqual({
        ok: true,
        value: programme,
      });
    }),
  );
});
