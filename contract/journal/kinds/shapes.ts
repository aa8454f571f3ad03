import { z } from 'zod';

/** T36: what is looked at when a card is laid down, in this order; each outcome is recorded. */
export const checkNames = ['authentic', 'network', 'status', 'hot-list', 'pin', 'limits'] as const;
export const Check = z.strictObject({
  check: z.enum(checkNames),
  outcome: z.enum(['passed', 'refused', 'not-asked']),
});
export type Check = z.infer<typeof Check>;
export const Checks = z.array(Check).max(checkNames.length);

export const CardNumber = z.string().regex(/^\d{10}$/);
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** What one operation may move on a card: 24 bits, signed. */
export const Points = z.int().min(-8_388_608).max(8_388_607);
/*
 * A card's figures, as far as its record holds them (contract/loyalty/card-record.ts): what a till makes up beyond that could not be
 * added up any more, in no shop that the card is replaced in.
 */
export const CardBalance = z.int().min(-0x8000_0000).max(0x7fff_ffff);
export const TotalSpend = z.int().nonnegative().max(0xff_ffff_ffff);
export const SpendChange = z.int().min(-0xff_ffff_ffff).max(0xff_ffff_ffff);
/** The place behind the last is named too: where a write could not stand. */
export const CardCounter = z.int().nonnegative().max(0x100_0000);
export const ProgrammeId = z.string().max(40);
export const TicketNumber = z.string().max(20);

/** A manager who allowed on the spot what the acting member of staff may not do alone. Null: nobody was needed. */
export const Approval = z.strictObject({ code: z.string().max(32), role: z.string().max(32) }).nullable();

export const GiftName = z.strictObject({ fr: z.string().max(80), en: z.string().max(80) });
export const NextGift = z
  .strictObject({ name: GiftName, points: z.int().positive(), missing: z.int().nonnegative() })
  .nullable();
