import { type DayTicketFacts, dayTicket } from '#contract/counter/day-ticket.ts';
import type { DayTotals } from '#contract/journal/kinds/day.ts';
import { finishTicket } from '#contract/tickets/finish.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import type { TicketPreview } from '#contract/till/loyalty.ts';
import type { TillState } from '#contract/till/state.ts';
import type { TillClient } from '../door/client.ts';

export type DayState = Awaited<ReturnType<TillClient['day']['state']>>;

/** Why the drawer is not what it should be. */
export const differenceReasons = ['change', 'typing', 'sale', 'unknown'] as const;
export type DifferenceReason = (typeof differenceReasons)[number];

/** What is done to the drawer apart from a sale. */
export type Task = 'in' | 'out' | 'open' | 'float';
export const taskReasons = {
  in: ['change', 'other'],
  out: ['bank', 'purchase', 'other'],
  open: ['change', 'other'],
  float: [],
} as const satisfies Record<Task, readonly string[]>;
export type TaskReason = 'change' | 'bank' | 'purchase' | 'other';

/** At most what the service takes. */
const mostDigits = 9;

/** A sum of cash as it is being typed; null: nothing was typed, which is not zero. */
export const sumOf = (digits: string): number | null => (digits === '' ? null : Number(digits));

/** Leading zeros go, but for the one that says zero. */
export const typedOn = (digits: string, more: string): string =>
  (digits + more).replace(/^0+(?=\d)/, '').slice(0, mostDigits);

export type Count = {
  countedMinor: number | null;
  /** Null: not shown yet. */
  expectedMinor: number | null;
  /** Null: not both are known. */
  differenceMinor: number | null;
};

/** What stands beside the drawer. @param shownMinor the expected sum that a blind count was told afterwards */
export function countOf(day: DayState, digits: string, shownMinor: number | null): Count {
  const countedMinor = sumOf(digits);
  const expectedMinor = day.expectedMinor ?? shownMinor;
  const known = countedMinor !== null && expectedMinor !== null;
  return { countedMinor, expectedMinor, differenceMinor: known ? countedMinor - expectedMinor : null };
}

type Lines = DayTotals['lines'];

/** How often, how much and how many points of some operations together. */
export function sumLines(lines: Lines, ...operations: Lines[number]['operation'][]) {
  const some = lines.filter(({ operation }) => operations.includes(operation));
  return {
    count: some.reduce((sum, { count }) => sum + count, 0),
    amountMinor: some.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    points: some.reduce((sum, { points }) => sum + points, 0),
  };
}

/** Operations that a Z of this day counts. */
export const operationsOf = ({ totals }: Pick<DayState, 'totals'>): number =>
  totals.dates.reduce((sum, { count }) => sum + count, 0);

type Place = { state: TillState; staff: string; atMs: number };

/** The Z as it would be printed now: the same pure layout as on paper. */
export function draftOf(day: DayState, count: Count, { state, staff, atMs }: Place): TicketPreview {
  const { number, currency, totals, late, headHash, timeZone } = day;
  const facts: DayTicketFacts = {
    report: 'Z',
    draft: true,
    language: state.ticketLanguage,
    timeZone,
    shop: { name: state.shop?.name ?? '' },
    till: state.terminal?.label ?? '',
    staff,
    number,
    currency,
    totals,
    atMs,
    ...count,
    reason: null,
    late,
    headHash,
    copy: 0,
  };
  return ticketPreview(finishTicket(dayTicket(facts), { qr: null, training: state.training }));
}
