import { birthdayBonusOn, expiredOn, inZoneOf, welcomePointsAt } from './bonuses.ts';
import { earnedAt } from './earned.ts';
import { maxPointsPerSale, type Programme } from './schema.ts';
import { shopTime } from './shop-time.ts';

/** A purchase, and the card it is made with, as they stand before it. */
export type Purchase = {
  amountMinor: number;
  /** Of the amount, what earns nothing. */
  excludedMinor: number;
  wallMs: number;
  /** Used where the programme names none. */
  timeZone: string;
  card: {
    balance: number;
    /** Null: not known, nothing expires. */
    lastVisitMs: number | null;
    /** The card has had no welcome from this shop yet, neither by a purchase nor in its first record. */
    firstVisit: boolean;
  };
  /** `MM-DD`; null for an anonymous card. */
  birthday: string | null;
  /** The year the bonus was last given for. */
  birthdayBonusYear: number | null;
};

export type Extra = { what: 'welcome' | 'birthday' | 'expired'; points: number };

/** `points` is the whole change of the balance: `earned` and all the `extras`, of which `expired` is negative. */
export type PurchasePoints = { earned: number; extras: Extra[]; points: number };

/**
 * What a purchase changes on a card: the one computation, on the till and on the server. Whole points, rounded down;
 * `earned` is never negative, `points` fits one record of the card and, at one moment, never falls when the amount grows.
 */
export function purchasePoints(programme: Programme, purchase: Purchase): PurchasePoints {
  const moment = inZoneOf(programme, purchase);
  const at = shopTime(moment);
  const extras: Extra[] = [];
  const expired = expiredOn(programme, purchase.card, { at, timeZone: moment.timeZone });
  if (expired > 0) extras.push({ what: 'expired', points: -expired });
  const welcome = purchase.card.firstVisit ? welcomePointsAt(programme, moment) : 0;
  if (welcome > 0) extras.push({ what: 'welcome', points: welcome });
  const birthday = birthdayBonusOn(programme, purchase, at);
  if (birthday) extras.push({ what: 'birthday', points: birthday.points });
  const besides = extras.reduce((sum, { points }) => sum + points, 0);
  const counting = purchase.amountMinor - purchase.excludedMinor;
  const earned = Math.min(earnedAt(programme, counting, at), maxPointsPerSale - besides);
  return { earned, extras, points: earned + besides };
}
