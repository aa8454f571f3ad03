import { maxAmountMinor } from '#contract/money/index.ts';
import { maxPointsPerSale, type Programme } from './schema.ts';

/**
 * The fewest and the most points that may be spent as money at once, in full steps: what a record of the card can move and
 * a ticket can hold. No spending is possible where the first is above the second.
 */
export function moneyBounds({ points, amountMinor, minimumPoints = 1 }: NonNullable<Programme['money']>) {
  const maxSteps = Math.min(Math.floor(maxPointsPerSale / points), Math.floor(maxAmountMinor / amountMinor));
  return { minimumPoints: Math.ceil(minimumPoints / points) * points, maxPoints: maxSteps * points };
}
