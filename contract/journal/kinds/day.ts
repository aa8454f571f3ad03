import { z } from 'zod';
import { CurrencyCode } from '#contract/money/index.ts';
import { Approval, Hash, TicketNumber } from './shapes.ts';

/** A day where the till stands. It is shown; the journal's order alone says what belongs to which Z (invariant 23). */
export const LocalDay = z.string().regex(/^\d{4}-\d\d-\d\d$/);

const Place = z.strictObject({ epoch: z.int().positive(), seq: z.int().positive() });
export type Place = z.infer<typeof Place>;

/** Whose the operation is, and what a person at the counter calls it. */
export const DayLine = z.strictObject({
  trade: z.enum(['loyalty', 'stamps', 'vouchers']),
  operation: z.enum([
    'sale',
    'gift',
    'money-off',
    'reversal',
    'card-issued',
    'card-replaced',
    'card-blocked',
    'card-pin',
    'refused',
    'purse-topped-up',
    'purse-paid',
    'purse-refunded',
    'credit-drawn',
    'credit-repaid',
  ]),
  count: z.int().positive(),
  /** What the shop took with it; negative where it gave back. */
  amountMinor: z.int(),
  /** The change of the customers' balances. */
  points: z.int(),
});
export type DayLine = z.infer<typeof DayLine>;

export const drawerReasons = ['sale', 'change', 'cash-in', 'cash-out', 'other'] as const;
export const DrawerReason = z.enum(drawerReasons);
export type DrawerReason = z.infer<typeof DrawerReason>;

/** Operations and takings by the date the till's clock showed. */
const DatedTotal = z.strictObject({ day: LocalDay, count: z.int().positive(), amountMinor: z.int() });

/** All that a stretch of the journal comes to. Two stretches add up to the totals of both together. */
export const DayTotals = z.strictObject({
  /** The first and the last entry counted; null where there is none. */
  from: Place.nullable(),
  to: Place.nullable(),
  entries: z.int().nonnegative(),
  /** When the day was opened, or else its first operation; and its last operation. */
  firstAt: z.iso.datetime({ precision: 3 }).nullable(),
  lastAt: z.iso.datetime({ precision: 3 }).nullable(),
  /** The day somebody opened; null: nobody did. */
  openedDay: LocalDay.nullable(),
  lines: z.array(DayLine).max(30),
  pointsGiven: z.int().nonnegative(),
  pointsTaken: z.int().nonnegative(),
  /** Purchases were cheaper by so much against points, less what was taken back of it: of earlier days too. */
  moneyOffMinor: z.int(),
  cash: z.strictObject({
    floatMinor: z.int().nonnegative(),
    salesMinor: z.int().nonnegative(),
    givenBackMinor: z.int().nonnegative(),
    putInMinor: z.int().nonnegative(),
    takenOutMinor: z.int().nonnegative(),
  }),
  /** Takings that are not in the drawer: paid by other means, less what was given back so. */
  otherMinor: z.int(),
  /** Bought with money that was taken before, or will be: it is no taking of this day. Absent: nothing was. */
  onAccount: z.strictObject({ purseMinor: z.int().nonnegative(), creditMinor: z.int().nonnegative() }).optional(),
  /** How often the drawer was opened without a sale. */
  drawer: z.array(z.strictObject({ reason: DrawerReason, count: z.int().positive() })).max(drawerReasons.length),
  /** Oldest first. More than 31 dates: the oldest are counted in the first. */
  dates: z.array(DatedTotal).max(31),
});
export type DayTotals = z.infer<typeof DayTotals>;

/** A drawer gets its float. A day that nobody opens is opened by its first operation, with none. */
export const dayOpened = z.strictObject({
  day: LocalDay,
  floatMinor: z.int().nonnegative().max(1_000_000_000),
  currency: CurrencyCode,
});

const summary = {
  day: LocalDay,
  totals: DayTotals,
  currency: CurrencyCode,
  /** Hash of the last entry counted: the chain's fingerprint on the paper. */
  headHash: Hash,
  /** Made on a date before `day`: after its own Z, or while the till was not closed. */
  late: z.strictObject({ count: z.int().nonnegative(), amountMinor: z.int() }),
  ticketNumber: TicketNumber,
};

/** X: the figures so far, printed. The durable intent of that paper; it changes nothing. */
export const dayRead = z.strictObject({
  /** The number that the Z of this day will bear. */
  number: z.int().positive(),
  ...summary,
});

/** Z: final. It counts what follows the Z before it, up to this entry: every entry once. */
export const dayClosed = z.strictObject({
  /** Contiguous per terminal, over all epochs. */
  number: z.int().positive(),
  ...summary,
  expectedMinor: z.int(),
  countedMinor: z.int().nonnegative(),
  /** Counted less expected. */
  differenceMinor: z.int(),
  /** Never null where there is a difference. */
  reason: z.string().min(1).max(120).nullable(),
  /** Counted before the expected sum was shown. */
  blind: z.boolean(),
  approvedBy: Approval,
});

/** The drawer opens for something else than the ticket of a sale or of a Z. The durable intent of the pulse. */
export const drawerOpened = z.strictObject({
  reason: DrawerReason,
  note: z.string().max(120).nullable(),
  approvedBy: Approval,
  ticketNumber: TicketNumber,
});

/** Cash is put into the drawer, or taken out of it (negative), apart from any sale. */
export const cashMoved = z.strictObject({
  amountMinor: z
    .int()
    .min(-1_000_000_000)
    .max(1_000_000_000)
    .refine((amount) => amount !== 0),
  currency: CurrencyCode,
  reason: z.string().min(1).max(120),
  approvedBy: Approval,
  ticketNumber: TicketNumber,
});
