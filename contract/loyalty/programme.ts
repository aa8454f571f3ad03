/** A shop's programme: its schema, and the rules that compute by it. The parts are in `programme/`. */

export { balanceAt, birthdayYearAt, welcomePointsAt } from './programme/bonuses.ts';
export {
  type Contradiction,
  type ContradictionReason,
  checkProgramme,
  contradictionReasons,
  type ShopFacts,
} from './programme/contradictions.ts';
export { pointsFor } from './programme/earned.ts';
export { maxProgrammeFileLength, programmeFromFile, programmeToFile } from './programme/file.ts';
export { type Purchase, type PurchasePoints, purchasePoints } from './programme/purchase-points.ts';
export { type NextGift, nextGift, rewardFor, type Spendable, spendableOf, type Wish } from './programme/rewards.ts';
export { type Gift, maxPointsPerSale, Programme } from './programme/schema.ts';
export { type Moment, shopTime } from './programme/shop-time.ts';
