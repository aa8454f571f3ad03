/** A sale or a spending as a reversal looks at it. `points` are its own: what goes back when all of it does, with their sign. */
export type Reversible = { amountMinor: number; points: number };

/** What a reversal moves: money to the customer, and the change of the card's balance. */
export type Reversal = { amountMinor: number; points: number; whole: boolean };

/** A purchase's own points: bonuses that came with it stay, and what had expired stays expired. */
export const ownPoints = (body: { points: number; extras?: readonly { points: number }[] | undefined }): number =>
  body.points - (body.extras ?? []).reduce((sum, { points }) => sum + points, 0);

/**
 * Takes `amountMinor` of a purchase back, after so much of it has gone already. Points in proportion, rounded towards zero, and
 * reckoned over all that is gone so far, so that whatever the parts are they come to exactly the whole.
 * @param gone what earlier reversals took back of it
 */
export function partBack(purchase: Reversible, gone: Reversible, amountMinor: number): Reversal {
  const goneMinor = gone.amountMinor + amountMinor;
  const whole = goneMinor >= purchase.amountMinor;
  // Points times amount leaves the safe integers: 2^23 times 5·10^8.
  const due = whole
    ? purchase.points
    : Number((BigInt(purchase.points) * BigInt(goneMinor)) / BigInt(purchase.amountMinor));
  // Never -0, which is no entry's number.
  return { amountMinor, points: gone.points - due || 0, whole };
}
