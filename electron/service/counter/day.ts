import { dayOf, expectedCashMinor, isEmptyDay, lateIn, takingsMinor } from '#contract/counter/figures.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { genesisHash } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { DayReport } from '#contract/till/counter.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting } from '../acting.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { DayLedger, DayStanding } from './day-ledger.ts';
import type { CounterParts } from './parts.ts';

export type DayState = DayReport & { lastZ: { number: number; day: string; atMs: number } | null; empty: boolean };

/** The figures of what follows the last Z, whatever the drawer's count will be. */
export function reportOf(parts: CounterParts, shop: ShopAtTill, { totals, lastZ }: DayStanding): DayReport {
  const today = localDayIn(parts.timeZone)(parts.clock.wallMs());
  const day = dayOf(totals, today);
  const { blindCount } = parts.feed.settings();
  return {
    number: Math.max(lastZ?.body.number ?? 0, parts.lastZ()) + 1,
    day,
    currency: shop.currency,
    timeZone: parts.timeZone,
    totals,
    takingsMinor: takingsMinor(totals),
    late: lateIn(totals, day),
    expectedMinor: expectedCashMinor(totals),
    blind: blindCount,
    headHash: parts.reader.head()?.hash ?? genesisHash,
  };
}

/** In a shop that counts blind nobody is told the expected sum, nor what it is made of, before the count. */
export const unlessBlind = (report: DayReport): DayReport =>
  report.blind
    ? {
        ...report,
        expectedMinor: null,
        totals: { ...report.totals, cash: { ...report.totals.cash, salesMinor: 0, givenBackMinor: 0 } },
      }
    : report;

/** X on the screen: the figures as they are now; nothing is written. Errors: NotEnrolled. */
export async function dayState(parts: CounterParts, ledger: DayLedger): Promise<Result<DayState, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  await ledger.catchUp();
  const standing = ledger.now();
  const { lastZ } = standing;
  return ok({
    ...unlessBlind(reportOf(parts, shop, standing)),
    lastZ: lastZ && { number: lastZ.body.number, day: lastZ.body.day, atMs: Date.parse(lastZ.wallTime) },
    empty: isEmptyDay(standing.totals),
  });
}

type Opened = { entry: string; seq: number; day: string; floatMinor: number };

/** Gives the drawer its float, once between two Zs. Errors: DayAlreadyOpen, NotEnrolled, IntentionReused, DiskFull. */
export async function openDay(
  parts: CounterParts,
  ledger: DayLedger,
  acting: Acting,
  { intention, floatMinor }: { intention: string; floatMinor: number },
): Promise<Result<Opened, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  await ledger.catchUp();
  const recorded = parts.reader.act(intention)?.entry;
  const { openedDay } = ledger.now().totals;
  if (openedDay !== null && !recorded) return err(tillError('DayAlreadyOpen', { day: openedDay }));
  // A repeat states the day of its first time, also on the morning after.
  const day = recorded?.kind === 'day.opened' ? recorded.body.day : localDayIn(parts.timeZone)(parts.clock.wallMs());
  const appended = parts.journal.append([
    {
      kind: 'day.opened',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { day, floatMinor, currency: shop.currency },
    },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  const { epoch, seq } = appended.value[0]!.entry;
  return ok({ entry: `${epoch}-${seq}`, seq, day, floatMinor });
}
