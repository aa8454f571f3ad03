import { minuteOf } from '#contract/counter/day-ticket.ts';
import { cashTicket, pulseOnly } from '#contract/counter/drawer-ticket.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { DrawerReason } from '#contract/journal/kinds/day.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { Acting, Approval } from '../acting.ts';
import type { ShopAtTill } from '../loyalty/parts.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { PrintAnswer } from '../papers/parts.ts';
import { printOnRecord } from '../papers/print-paper.ts';
import type { EntryDraft } from '../store/index.ts';
import { counterTicketNumber, staffName } from './on-paper.ts';
import type { CounterParts } from './parts.ts';
import { printOf } from './print-counter.ts';

type DrawerEntry = JournalEntry<'drawer.opened' | 'cash.moved'>;
export type DrawerAnswer = PrintAnswer & { entry: string; seq: number };

/** Opens the drawer: the reason is on record before the pulse. Errors: NotEnrolled, IntentionReused, DiskFull. */
export async function openDrawer(
  parts: CounterParts,
  acting: Acting,
  asked: { intention: string; reason: DrawerReason; note: string | null; approvedBy: Approval },
): Promise<Result<DrawerAnswer, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const { intention, ...facts } = asked;
  const same = (entry: JournalEntry) =>
    entry.kind === 'drawer.opened' && entry.body.reason === facts.reason && entry.body.note === facts.note;
  const draft = draftOf('drawer.opened', intention, acting, {
    ...facts,
    ticketNumber: counterTicketNumber(parts, shop, 'D'),
  });
  return onRecordThenPaper(parts, acting, draft as EntryDraft, same, () => pulseOnly(shop.ticketLanguage));
}

/** Cash goes in or out: on record, then the drawer opens with a paper to sign. Errors: as `openDrawer`. */
export async function moveCash(
  parts: CounterParts,
  acting: Acting,
  asked: { intention: string; amountMinor: number; reason: string; approvedBy: Approval },
): Promise<Result<DrawerAnswer, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const { intention, ...facts } = asked;
  const same = (entry: JournalEntry) =>
    entry.kind === 'cash.moved' && entry.body.amountMinor === facts.amountMinor && entry.body.reason === facts.reason;
  const draft = draftOf('cash.moved', intention, acting, {
    ...facts,
    currency: shop.currency,
    ticketNumber: counterTicketNumber(parts, shop, 'C'),
  });
  return onRecordThenPaper(parts, acting, draft as EntryDraft, same, (entry) =>
    movedTicket(parts, shop, entry as JournalEntry<'cash.moved'>),
  );
}

const draftOf = <K extends DrawerEntry['kind']>(
  kind: K,
  intention: string,
  { code: staff, role }: Acting,
  body: Extract<EntryDraft, { kind: K }>['body'],
) => ({ kind, intention, staff, role, postings: [], body });

async function onRecordThenPaper(
  parts: CounterParts,
  acting: Acting,
  draft: EntryDraft,
  same: (entry: JournalEntry) => boolean,
  ticket: (entry: DrawerEntry) => Parameters<CounterParts['print']>[0],
): Promise<Result<DrawerAnswer, TillError>> {
  const { intention } = draft;
  const recorded = parts.reader.act(intention)?.entry;
  if (recorded && !same(recorded)) return err(tillError('IntentionReused'));
  if (recorded) return ok({ ...placeOf(recorded), ...printOnRecord(parts, intention) });
  const appended = parts.journal.append([draft]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  const entry = appended.value[0]!.entry as DrawerEntry;
  const { ticketNumber } = entry.body;
  return ok({ ...placeOf(entry), ...(await printOf(parts, acting, { intention, ticketNumber }, ticket(entry))) });
}

const placeOf = ({ epoch, seq }: JournalEntry) => ({ entry: `${epoch}-${seq}`, seq });

function movedTicket(parts: CounterParts, shop: ShopAtTill, entry: JournalEntry<'cash.moved'>) {
  const { ticketNumber, amountMinor, currency, reason, approvedBy } = entry.body;
  return cashTicket({
    language: shop.ticketLanguage,
    shop,
    till: shop.till,
    staff: staffName(parts, entry.staff),
    time: minuteOf(Date.parse(entry.wallTime), parts.timeZone),
    ticketNumber,
    amountMinor,
    currency,
    reason,
    approvedBy: approvedBy && staffName(parts, approvedBy.code),
  });
}
