import type { SamplePurchase, Tried } from '#contract/central/office-programme.ts';
import { type Programme, purchasePoints } from '#contract/loyalty/programme.ts';

const weekMs = 7 * 86_400_000;

/** What sample purchases earn under a programme, by the rules that the tills compute with. */
export const tryOut = (programme: Programme, purchases: readonly SamplePurchase[], timeZone: string): Tried[] =>
  purchases.map(({ amountMinor, excludedMinor = 0, wallMs, balance = 0, weeksAway = 1, birthdayToday }) =>
    purchasePoints(programme, {
      amountMinor,
      excludedMinor,
      wallMs,
      timeZone,
      card: {
        balance,
        lastVisitMs: weeksAway === null ? null : wallMs - weeksAway * weekMs,
        firstVisit: weeksAway === null,
      },
      birthday: birthdayToday ? monthAndDay(wallMs, timeZone) : null,
      birthdayBonusYear: null,
    }),
  );

function monthAndDay(wallMs: number, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, month: '2-digit', day: '2-digit' }).formatToParts(wallMs);
  const part = (type: 'month' | 'day') => parts.find((found) => found.type === type)!.value;
  return `${part('month')}-${part('day')}`;
}
