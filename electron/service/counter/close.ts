import { dayTicket } from '#contract/counter/day-ticket.ts';
import { expectedCashMinor, isEmptyDay, takingsMinor } from '#contract/counter/figures.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import type { DayClosed, DayRead, DayReport } from '#contract/till/counter.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, Approval } from '../acting.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { printOnRecord } from '../papers/print-paper.ts';
import { reportOf, unlessBlind } from './day.ts';
import type { DayLedger } from './day-ledger.ts';
import { counterTicketNumber, staffName } from './on-paper.ts';
import type { CounterParts } from './parts.ts';
import { marked, printOf } from './print-counter.ts';

type Counted = { intention: string; countedCashMinor: number; reason: string | null; approvedBy: Approval };

/** X. On paper it is a fact of its own, durable first. Errors: NotEnrolled, IntentionReused, DiskFull. */
export async function readDay(
  parts: CounterParts,
  ledger: DayLedger,
  acting: Acting,
  { intention, print }: { intention: string; print: boolean },
): Promise<Result<DayRead, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const recorded = parts.reader.act(intention)?.entry;
  if (recorded && recorded.kind !== 'day.read') return err(tillError('IntentionReused'));
  if (recorded) return ok(readAnswer(parts, shop, recorded, printOnRecord(parts, intention)));
  await ledger.catchUp();
  const report = reportOf(parts, shop, ledger.now());
  if (!print) return ok(unprinted(parts, shop, acting, unlessBlind(report)));
  const { number, day, totals, currency, headHash, late } = report;
  const ticketNumber = counterTicketNumber(parts, shop, 'X');
  const appended = parts.journal.append([
    {
      kind: 'day.read',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { number, day, totals, currency, headHash, late, ticketNumber },
    },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  const entry = appended.value[0]!.entry as JournalEntry<'day.read'>;
  const printed = await printOf(parts, acting, { intention, ticketNumber }, readTicket(parts, shop, entry));
  return ok(readAnswer(parts, shop, entry, printed));
}

/**
 * Z: final. What it counts ends right before its own entry, which is made in the same turn as the count.
 * Errors: NothingToClose, CountDiffers (a difference without a reason), NotEnrolled, IntentionReused, DiskFull.
 */
export async function closeDay(
  parts: CounterParts,
  ledger: DayLedger,
  acting: Acting,
  counted: Counted,
): Promise<Result<DayClosed, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const recorded = parts.reader.act(counted.intention)?.entry;
  if (recorded) return closedOnRecord(parts, shop, recorded, counted);
  await ledger.catchUp();
  const appended = appendZ(parts, ledger, shop, acting, counted);
  if (!appended.ok) return appended;
  const entry = appended.value;
  const { ticketNumber } = entry.body;
  const { intention } = counted;
  const printed = await printOf(parts, acting, { intention, ticketNumber }, closedTicket(parts, shop, entry));
  return ok(closedAnswer(parts, shop, entry, printed));
}

/** Without a wait between the count and the entry: nothing can come in between. */
function appendZ(
  parts: CounterParts,
  ledger: DayLedger,
  shop: ShopAtTill,
  acting: Acting,
  { intention, countedCashMinor: countedMinor, reason, approvedBy }: Counted,
): Result<JournalEntry<'day.closed'>, TillError> {
  const standing = ledger.now();
  if (isEmptyDay(standing.totals)) return err(tillError('NothingToClose'));
  const { number, day, totals, currency, headHash, late, blind, expectedMinor } = reportOf(parts, shop, standing);
  const expected = expectedMinor ?? 0;
  const differenceMinor = countedMinor - expected;
  if (differenceMinor !== 0 && reason === null) {
    return err(tillError('CountDiffers', { expectedMinor: expected, countedMinor, differenceMinor, currency }));
  }
  const ticketNumber = counterTicketNumber(parts, shop, 'Z', number);
  const money = {
    expectedMinor: expected,
    countedMinor,
    differenceMinor,
    reason: differenceMinor === 0 ? null : reason,
  };
  const appended = parts.journal.append([
    {
      kind: 'day.closed',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: [],
      body: { number, day, totals, currency, headHash, late, ticketNumber, ...money, blind, approvedBy },
    },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  return ok(appended.value[0]!.entry as JournalEntry<'day.closed'>);
}

/** A repeat hears the Z that stands. The id of something else, or of another count, is refused. */
function closedOnRecord(
  parts: CounterParts,
  shop: ShopAtTill,
  recorded: JournalEntry,
  { intention, countedCashMinor }: Counted,
): Result<DayClosed, TillError> {
  if (recorded.kind !== 'day.closed' || recorded.body.countedMinor !== countedCashMinor) {
    return err(tillError('IntentionReused'));
  }
  return ok(closedAnswer(parts, shop, recorded, printOnRecord(parts, intention)));
}

const noCount = { expectedMinor: null, countedMinor: null, differenceMinor: null, reason: null };

function paperOf(parts: CounterParts, shop: ShopAtTill, entry: JournalEntry<'day.read' | 'day.closed'>) {
  return {
    draft: false,
    language: shop.ticketLanguage,
    timeZone: parts.timeZone,
    shop,
    till: shop.till,
    staff: staffName(parts, entry.staff),
    atMs: Date.parse(entry.wallTime),
    copy: 0,
    ...noCount,
    ...entry.body,
  };
}

function readTicket(parts: CounterParts, shop: ShopAtTill, entry: JournalEntry<'day.read'>): Ticket {
  const report = unlessBlind(reportOnRecord(parts, entry));
  const { totals, expectedMinor } = report;
  return dayTicket({ ...paperOf(parts, shop, entry), report: 'X', totals, expectedMinor });
}

/** A Z's paper, made of its entry alone: the same today and in a year. */
export const closedTicket = (
  parts: CounterParts,
  shop: ShopAtTill,
  entry: JournalEntry<'day.closed'>,
  copy = 0,
): Ticket => dayTicket({ ...paperOf(parts, shop, entry), report: 'Z', copy });

function reportOnRecord(parts: CounterParts, entry: JournalEntry<'day.read' | 'day.closed'>): DayReport {
  const { number, day, currency, totals, late, headHash } = entry.body;
  const blind = entry.kind === 'day.closed' ? entry.body.blind : parts.feed.settings().blindCount;
  return {
    number,
    day,
    currency,
    timeZone: parts.timeZone,
    totals,
    takingsMinor: takingsMinor(totals),
    late,
    expectedMinor: expectedCashMinor(totals),
    blind,
    headHash,
  };
}

function readAnswer(
  parts: CounterParts,
  shop: ShopAtTill,
  entry: JournalEntry<'day.read'>,
  printed: PrintAnswer,
): DayRead {
  return {
    ...unlessBlind(reportOnRecord(parts, entry)),
    ticketNumber: entry.body.ticketNumber,
    ticket: ticketPreview(marked(parts, readTicket(parts, shop, entry))),
    ...printed,
  };
}

/** X on the screen alone. */
function unprinted(parts: CounterParts, shop: ShopAtTill, acting: Acting, report: DayReport): DayRead {
  const ticket = dayTicket({
    ...report,
    report: 'X',
    draft: false,
    language: shop.ticketLanguage,
    shop,
    till: shop.till,
    staff: staffName(parts, acting.code),
    atMs: parts.clock.wallMs(),
    countedMinor: null,
    differenceMinor: null,
    reason: null,
    copy: 0,
  });
  return {
    ...report,
    ticketNumber: null,
    ticket: ticketPreview(marked(parts, ticket)),
    print: 'no-printer',
    why: null,
  };
}

function closedAnswer(
  parts: CounterParts,
  shop: ShopAtTill,
  entry: JournalEntry<'day.closed'>,
  printed: PrintAnswer,
): DayClosed {
  const { countedMinor, differenceMinor, reason, ticketNumber } = entry.body;
  return {
    ...reportOnRecord(parts, entry),
    entry: `${entry.epoch}-${entry.seq}`,
    seq: entry.seq,
    countedMinor,
    differenceMinor,
    reason,
    ticketNumber,
    ticket: ticketPreview(marked(parts, closedTicket(parts, shop, entry))),
    ...printed,
  };
}
