import { z } from 'zod';
import { AmountMinor, CurrencyCode } from '#contract/money/index.ts';

const Words = z.strictObject({ fr: z.string().max(80), en: z.string().max(80) });

/** The most points one operation may move: what the card's record can hold (24 bits, signed). */
export const maxPointsPerSale = 8_388_607;

/** A bonus beside the purchase's own points: so small that a purchase and all its bonuses still fit one record. */
const BonusPoints = z.int().min(1).max(1_000_000);

const maxPointsPerStep = 10_000;
const Rate = {
  points: z.int().min(1).max(maxPointsPerStep),
  perAmountMinor: z.int().min(1).max(1_000_000),
};

/** A day in the shop's own time zone, `2026-11-24`. The first and the last day of a period both count. */
export const Day = z.iso.date();

/** Days on which something holds. Either end may be left open. */
const period = { from: Day.optional(), to: Day.optional() };
export type Period = { from?: string | undefined; to?: string | undefined };

/**
 * Times when a purchase earns more: on some days of the week (1 Monday to 7 Sunday, ISO 8601), from a minute of the day until
 * before another one (0 to 1440). `percent` of the usual points: 200 is double.
 */
export const Multiplier = z.strictObject({
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
  fromMinute: z.int().min(0).max(1440),
  toMinute: z.int().min(0).max(1440),
  percent: z.int().min(0).max(1_000),
  ...period,
});
export type Multiplier = z.infer<typeof Multiplier>;

/** From this amount on the whole purchase earns at this rate. */
export const Step = z.strictObject({ fromAmountMinor: AmountMinor, ...Rate });
export type Step = z.infer<typeof Step>;

const Earn = z.strictObject({
  /** `points` are earned for each full `perAmountMinor` of what counts in a purchase. */
  ...Rate,
  /** A purchase in which less than this counts earns nothing. */
  minimumAmountMinor: AmountMinor.optional(),
  steps: z.array(Step).max(10).optional(),
  multipliers: z.array(Multiplier).max(20).optional(),
});

const Gift = z.strictObject({
  id: z.string().min(1).max(40),
  name: Words,
  points: z.int().min(1),
  ...period,
  /** A voucher: no goods are given, the purchase costs this much less. */
  moneyOffMinor: AmountMinor.optional(),
});

/**
 * What a shop promises its customers. A rule set is versioned; an entry names the version that computed it. Members are only ever
 * added, and may be absent: a programme stored long ago is still read and means the same.
 */
export const Programme = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  version: z.int().min(1),
  name: z.string().max(80),
  currency: CurrencyCode,
  earn: Earn,
  gifts: z.array(Gift).max(50),
  /** Points as money: each full `points` take `amountMinor` off, from `minimumPoints` at a time on. */
  money: z
    .strictObject({
      points: z.int().min(1),
      amountMinor: AmountMinor,
      minimumPoints: z.int().min(1).optional(),
    })
    .optional(),
  /** Outside these days nothing is earned. Points already there are still spent. */
  dates: z.strictObject(period).optional(),
  /** Given once, at the card's first visit to the shop. */
  welcomePoints: BonusPoints.optional(),
  /** Given once a year, at the first purchase from so many days before the birthday to so many after it. */
  birthday: z
    .strictObject({
      points: BonusPoints,
      daysBefore: z.int().min(0).max(60),
      daysAfter: z.int().min(0).max(60),
    })
    .optional(),
  /** All points of a card are lost after so many months without a visit. */
  expiryMonths: z.int().min(0).max(120).optional(),
  /** IANA name; days and hours are this zone's. Absent: the zone of whoever computes. */
  timeZone: z.string().max(60).optional(),
  /** Server's wall time, ms. */
  publishedAtMs: z.int().optional(),
});
export type Programme = z.infer<typeof Programme>;
export type Gift = Programme['gifts'][number];
