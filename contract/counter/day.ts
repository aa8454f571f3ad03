import type { AccountKind } from '#contract/accounts/effects.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { DayLine, DayTotals } from '#contract/journal/kinds/day.ts';
import { type EntryKind, entryKinds } from '#contract/journal/kinds.ts';
import { addTotals, noTotals } from './add-totals.ts';
import type { LocalDayOf } from './local-day.ts';

/** One entry as totals of its own: all that it adds to its day, and the only place that knows it. */
export function totalsOf(entry: JournalEntry, localDay: LocalDayOf): DayTotals {
  const place = { epoch: entry.epoch, seq: entry.seq };
  const base = { ...noTotals, from: place, to: place, entries: 1, ...effectOf(entry) };
  const { operation } = entryKinds[entry.kind as EntryKind];
  if (!operation) return entry.kind === 'day.opened' ? { ...base, firstAt: entry.wallTime } : base;
  const day = localDay(Date.parse(entry.wallTime));
  const amountMinor = base.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return {
    ...base,
    firstAt: entry.wallTime,
    lastAt: entry.wallTime,
    dates: [{ day, count: 1, amountMinor }],
  };
}

type Effect = Partial<DayTotals>;
const noCash = noTotals.cash;

function effectOf(entry: JournalEntry): Effect {
  switch (entry.kind) {
    case 'loyalty.sale':
      return saleEffect(entry.body);
    case 'loyalty.spend': {
      const { reward, points } = entry.body;
      const money = reward.kind === 'money';
      return {
        lines: [line(money ? 'money-off' : 'gift', 0, points)],
        ...pointsMoved(points),
        moneyOffMinor: money ? reward.amountMinor : 0,
      };
    }
    case 'loyalty.reversal':
      return reversalEffect(entry.body);
    case 'card.outcome':
      return notTaken(entry.body);
    case 'card.issued':
      return { lines: [line('card-issued', 0, entry.body.points)], ...pointsMoved(entry.body.points) };
    case 'card.replaced':
      return { lines: [line('card-replaced', 0, 0)] };
    case 'card.blocked':
      return { lines: [line('card-blocked', 0, 0)] };
    case 'card.pin':
      return { lines: [line('card-pin', 0, 0)] };
    case 'loyalty.refused':
      return { lines: [line('refused', 0, 0)] };
    case 'purse.topped-up':
    case 'purse.paid':
    case 'purse.refunded':
    case 'credit.drawn':
    case 'credit.repaid':
      return accountEffect(entry);
    case 'day.opened':
      return { openedDay: entry.body.day, cash: { ...noCash, floatMinor: entry.body.floatMinor } };
    case 'drawer.opened':
      return { drawer: [{ reason: entry.body.reason, count: 1 }] };
    case 'cash.moved': {
      const { amountMinor } = entry.body;
      const cash = amountMinor > 0 ? { putInMinor: amountMinor } : { takenOutMinor: -amountMinor };
      return { cash: { ...noCash, ...cash } };
    }
    default:
      return {};
  }
}

/** What had expired is taken, and what the purchase and its bonuses gave is given, though one entry moves both. */
function saleEffect(body: JournalEntry<'loyalty.sale'>['body']): Effect {
  const { amountMinor, points, extras, tender } = body;
  const expired = (extras ?? []).reduce((sum, extra) => sum + (extra.what === 'expired' ? extra.points : 0), 0);
  const [earned, gone] = [pointsMoved(points - expired), pointsMoved(expired)];
  return {
    lines: [line('sale', amountMinor, points)],
    pointsGiven: earned.pointsGiven + gone.pointsGiven,
    pointsTaken: earned.pointsTaken + gone.pointsTaken,
    ...(tender === 'other' ? { otherMinor: amountMinor } : { cash: { ...noCash, salesMinor: amountMinor } }),
  };
}

function reversalEffect(body: JournalEntry<'loyalty.reversal'>['body']): Effect {
  const { amountMinor, points, tender, moneyOffMinor = 0 } = body;
  return {
    moneyOffMinor: 0 - moneyOffMinor,
    lines: [line('reversal', 0 - amountMinor, points)],
    ...pointsMoved(points),
    ...(tender === 'other' ? { otherMinor: 0 - amountMinor } : { cash: { ...noCash, givenBackMinor: amountMinor } }),
  };
}

/** Money that comes or goes is the day's; a purchase paid from a purse or on credit moves none at the counter. */
function accountEffect({ kind, body }: JournalEntry<AccountKind>): Effect {
  const { amountMinor } = body;
  const operation = kind.replace('.', '-') as DayLine['operation'];
  if (kind === 'purse.paid') {
    return { lines: [line(operation, 0, 0)], onAccount: { purseMinor: amountMinor, creditMinor: 0 } };
  }
  if (kind === 'credit.drawn') {
    return { lines: [line(operation, 0, 0)], onAccount: { purseMinor: 0, creditMinor: amountMinor } };
  }
  if (kind === 'purse.refunded') {
    return { lines: [line(operation, 0 - amountMinor, 0)], cash: { ...noCash, givenBackMinor: amountMinor } };
  }
  const inCash = !('tender' in body) || body.tender !== 'other';
  return {
    lines: [line(operation, amountMinor, 0)],
    ...(inCash ? { cash: { ...noCash, salesMinor: amountMinor } } : { otherMinor: amountMinor }),
  };
}

/** A spending that was counted when it was asked for and took nothing is taken back, in the day in which that is known. */
function notTaken({ givenBackPoints = 0, givenBackMinor = 0 }: JournalEntry<'card.outcome'>['body']): Effect {
  if (givenBackPoints === 0) return {};
  const lines = [line('reversal', 0, givenBackPoints)];
  return { lines, ...pointsMoved(givenBackPoints), moneyOffMinor: 0 - givenBackMinor };
}

const line = (operation: DayLine['operation'], amountMinor: number, points: number): DayLine => ({
  trade: 'loyalty',
  operation,
  count: 1,
  amountMinor,
  points,
});

const pointsMoved = (points: number) => ({
  pointsGiven: Math.max(0, points),
  pointsTaken: Math.max(0, 0 - points),
});

/** The totals of a stretch of the journal, in its order. */
export function foldDay(entries: Iterable<JournalEntry>, localDay: LocalDayOf): DayTotals {
  let totals = noTotals;
  for (const entry of entries) totals = addTotals(totals, totalsOf(entry, localDay));
  return totals;
}
