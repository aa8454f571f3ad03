import { z } from 'zod';
import { CurrencyCode } from '#contract/money/index.ts';

const Words = z.strictObject({ fr: z.string().max(80), en: z.string().max(80) });

/** What a shop promises its customers. A rule set is versioned; an entry names the version that computed it. */
export const Programme = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  version: z.int().min(1),
  name: z.string().max(80),
  currency: CurrencyCode,
  /** `points` are earned for each full `perAmountMinor` of a purchase. */
  earn: z.strictObject({ points: z.int().min(1).max(10_000), perAmountMinor: z.int().min(1).max(1_000_000) }),
  gifts: z.array(z.strictObject({ id: z.string().max(40), name: Words, points: z.int().min(1) })).max(50),
});
export type Programme = z.infer<typeof Programme>;
export type Gift = Programme['gifts'][number];

/** The most points one purchase may earn: what the card's record can hold (24 bits, signed). */
export const maxPointsPerSale = 8_388_607;

/** Points earned by a purchase: whole steps only, never rounded up. */
export function pointsFor(programme: Programme, amountMinor: number): number {
  const steps = Math.floor(amountMinor / programme.earn.perAmountMinor);
  return Math.min(steps * programme.earn.points, maxPointsPerSale);
}

/** What a customer is saving for: the gift's name, its price in points and how many are missing. */
export type NextGift = { name: Gift['name']; points: number; missing: number };

/** The next gift above a balance. Where all are reached, the dearest one, with nothing missing. */
export function nextGift(programme: Programme, balance: number): NextGift | null {
  const gifts = programme.gifts.toSorted((a, b) => a.points - b.points);
  const gift = gifts.find(({ points }) => points > balance) ?? gifts.at(-1);
  if (!gift) return null;
  return { name: gift.name, points: gift.points, missing: Math.max(0, gift.points - balance) };
}
