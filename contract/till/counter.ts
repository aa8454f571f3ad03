import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Uuid } from '#contract/ids/index.ts';
import { DayTotals, DrawerReason, LocalDay } from '#contract/journal/kinds/day.ts';
import { CurrencyCode } from '#contract/money/index.ts';
import { TillError } from './errors.ts';
import { Note } from './line.ts';
import { ApprovalAsked, PrintState, refusals } from './loyalty.ts';

const base = oc.errors(refusals);
const approval = ApprovalAsked.nullable().default(null);
const CashMinor = z.int().min(0).max(1_000_000_000);
const Printed = { print: PrintState, why: TillError.nullable() };

/** The figures of a counter's day, so far or for ever. */
export const DayReport = z.object({
  /** Of the Z; of a day that is not closed, the number its Z will bear. */
  number: z.int(),
  day: LocalDay,
  currency: CurrencyCode,
  /** In which the ticket's times are told. */
  timeZone: z.string(),
  totals: DayTotals,
  takingsMinor: z.int(),
  late: z.object({ count: z.int(), amountMinor: z.int() }),
  /** What should lie in the drawer. Null: it is to be counted first. */
  expectedMinor: z.int().nullable(),
  /** The drawer is counted before the expected sum is shown. */
  blind: z.boolean(),
  headHash: z.string(),
});
export type DayReport = z.infer<typeof DayReport>;

const Ticket = z.object({ lines: z.array(z.string()), styles: z.array(z.enum(['normal', 'bold', 'large'])) });

export const DayRead = DayReport.extend({ ticketNumber: z.string().nullable(), ticket: Ticket, ...Printed });
export type DayRead = z.infer<typeof DayRead>;

export const DayClosed = DayReport.extend({
  entry: z.string(),
  seq: z.int(),
  countedMinor: z.int(),
  differenceMinor: z.int(),
  reason: z.string().nullable(),
  ticketNumber: z.string(),
  ticket: Ticket,
  ...Printed,
});
export type DayClosed = z.infer<typeof DayClosed>;

/** The counter's day: opened with a float, looked at (X), closed (Z); the drawer and its cash. */
export const dayContract = {
  state: base.output(
    DayReport.extend({
      /** The Z before; null: there was none yet. */
      lastZ: z.object({ number: z.int(), day: LocalDay, atMs: z.number() }).nullable(),
      empty: z.boolean(),
    }),
  ),
  /** Gives the drawer its float. A day that nobody opens begins with its first operation, without one. */
  open: base
    .input(z.object({ intention: Uuid, floatMinor: CashMinor }))
    .output(z.object({ entry: z.string(), seq: z.int(), day: LocalDay, floatMinor: z.int() })),
  /** X: the figures so far, as often as wanted. On paper where it is asked for. */
  x: base.input(z.object({ intention: Uuid, print: z.boolean().default(true) })).output(DayRead),
  /** Z: final and numbered. CountDiffers: the same intention is asked again with a reason. */
  close: base
    .input(z.object({ intention: Uuid, countedCashMinor: CashMinor, reason: Note.nullable().default(null), approval }))
    .output(DayClosed),
  /** Prints a Z again, marked DUPLICATA and counted. `z`: the intention it was made with. */
  reprint: base.input(z.object({ intention: Uuid, z: Uuid })).output(z.object({ ...Printed, copy: z.int() })),
};

export const drawerContract = {
  /** Opens the drawer for something else than a sale: the reason is on record first. */
  open: base
    .input(z.object({ intention: Uuid, reason: DrawerReason, note: Note.nullable().default(null), approval }))
    .output(z.object({ entry: z.string(), seq: z.int(), ...Printed })),
  /** Puts cash in, or takes it out (negative), apart from any sale. */
  move: base
    .input(
      z.object({
        intention: Uuid,
        amountMinor: z
          .int()
          .min(-1_000_000_000)
          .max(1_000_000_000)
          .refine((amount) => amount !== 0),
        reason: Note,
        approval,
      }),
    )
    .output(z.object({ entry: z.string(), seq: z.int(), amountMinor: z.int(), ...Printed })),
};
