import { z } from 'zod';
import { DayTotals, LocalDay } from '#contract/journal/kinds/day.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import { centralBase as base } from './errors.ts';

/** A Z that the server has received of one till. */
export const OfficeZ = z.object({
  terminal: z.string(),
  terminalLabel: z.string(),
  number: z.int(),
  /** When it was made, by the till's clock; and when the server had it. */
  closedAt: z.string(),
  receivedAt: z.string(),
  staff: z.string().nullable(),
  staffName: z.string().nullable(),
  totals: DayTotals,
  takingsMinor: z.int(),
  expectedMinor: z.int(),
  countedMinor: z.int(),
  differenceMinor: z.int(),
  reason: z.string().nullable(),
  blind: z.boolean(),
  /** Counted here though made on a date before. */
  late: z.object({ count: z.int(), amountMinor: z.int() }),
  /** The server has counted the same entries and come to the same. */
  agrees: z.boolean(),
});
export type OfficeZ = z.infer<typeof OfficeZ>;

/** A day of the shop: all its tills together. */
export const OfficeDay = z.object({
  day: LocalDay,
  currency: CurrencyCode,
  totals: DayTotals,
  takingsMinor: z.int(),
  differenceMinor: z.int(),
  late: z.object({ count: z.int(), amountMinor: z.int() }),
  zs: z.array(OfficeZ),
});
export type OfficeDay = z.infer<typeof OfficeDay>;

/** What a till has done since its last Z, as far as the server has heard. */
export const OfficeOpenTill = z.object({
  terminal: z.string(),
  terminalLabel: z.string(),
  lastZ: z.object({ number: z.int(), day: LocalDay }).nullable(),
  /** Of its first and its last operation, by its clock; null: nothing since. */
  firstAt: z.string().nullable(),
  lastAt: z.string().nullable(),
  operations: z.int(),
  takingsMinor: z.int(),
});
export type OfficeOpenTill = z.infer<typeof OfficeOpenTill>;

export const officeDaysContract = {
  days: base
    .route({
      method: 'GET',
      path: '/v1/office/days',
      summary: "The shop's days, newest first: each till's Z and one total; and what is open since",
    })
    .input(
      z.object({
        /** `next` of the page before: days before this one. */
        before: LocalDay.optional(),
        from: LocalDay.optional(),
        to: LocalDay.optional(),
        limit: z.coerce.number().int().min(1).max(62).default(31),
      }),
    )
    .output(
      z.object({
        days: z.array(OfficeDay),
        next: LocalDay.nullable(),
        open: z.array(OfficeOpenTill),
      }),
    ),
};
