import { birthdayIn, calendarOf, isWithin, monthsLater } from './days.ts';
import { maxPointsPerSale, type Programme } from './schema.ts';
import { type Moment, type ShopTime, shopTime } from './shop-time.ts';

/** The zone of the rules: the programme's own, else that of whoever computes. */
export const inZoneOf = ({ timeZone }: Programme, at: Moment): Moment =>
  timeZone === undefined ? at : { wallMs: at.wallMs, timeZone };

const isRunning = ({ dates }: Programme, day: number): boolean => dates === undefined || isWithin(dates, day);

/**
 * What a card gets at its first visit to the shop; 0 without such a bonus or outside the programme's days. Whoever writes the
 * first record of a card (issue, join) may give it there, and then tells the first purchase that it is no first visit.
 */
export const welcomePointsAt = (programme: Programme, at: Moment): number =>
  isRunning(programme, shopTime(inZoneOf(programme, at)).day) ? (programme.welcomePoints ?? 0) : 0;

/**
 * The year of the birthday whose bonus a moment lies in the reach of, or null. On 30 December that can be next year's.
 * @param birthday `MM-DD`
 */
export function birthdayYearAt(programme: Programme, birthday: string, at: Moment): number | null {
  return birthdayYearOn(programme, birthday, shopTime(inZoneOf(programme, at)));
}

function birthdayYearOn({ birthday: bonus, dates }: Programme, birthday: string, { day }: ShopTime): number | null {
  if (!bonus || (dates && !isWithin(dates, day))) return null;
  const { year } = calendarOf(day);
  for (const candidate of [year - 1, year, year + 1]) {
    const birthdayDay = birthdayIn(candidate, birthday);
    if (day >= birthdayDay - bonus.daysBefore && day <= birthdayDay + bonus.daysAfter) return candidate;
  }
  return null;
}

export type BirthdayFacts = { birthday: string | null; birthdayBonusYear: number | null };

/** The bonus that is due now, once per birthday. */
export function birthdayBonusOn(
  programme: Programme,
  { birthday, birthdayBonusYear }: BirthdayFacts,
  at: ShopTime,
): { points: number; year: number } | null {
  if (!programme.birthday || birthday === null) return null;
  const year = birthdayYearOn(programme, birthday, at);
  if (year === null || (birthdayBonusYear !== null && birthdayBonusYear >= year)) return null;
  return { points: programme.birthday.points, year };
}

/**
 * Points lost because the card stayed away too long: all of them, or as many as one record can take away, from the day after the
 * last one on which they still counted. A balance that is negative already loses nothing.
 */
export function expiredOn(
  programme: Programme,
  card: { balance: number; lastVisitMs: number | null },
  { at, timeZone }: { at: ShopTime; timeZone: string },
): number {
  const { expiryMonths } = programme;
  if (!expiryMonths || card.lastVisitMs === null || card.balance <= 0) return 0;
  const lastDay = shopTime({ wallMs: card.lastVisitMs, timeZone }).day;
  if (at.day <= monthsLater(lastDay, expiryMonths)) return 0;
  return Math.min(card.balance, maxPointsPerSale);
}

/** What a card may spend at a moment: points that are lost by then are no money, though no purchase has taken them off it yet. */
export function balanceAt(
  programme: Programme,
  card: { balance: number; lastVisitMs: number | null },
  at: Moment,
): number {
  const moment = inZoneOf(programme, at);
  return card.balance - expiredOn(programme, card, { at: shopTime(moment), timeZone: moment.timeZone });
}
