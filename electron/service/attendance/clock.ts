import { localDayIn } from '#contract/counter/local-day.ts';
import type { JournalEntry } from '#contract/journal/entry.ts';
import type { ClockDirection } from '#contract/journal/kinds/attendance.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { ClockedBy, Clocking } from '#contract/till/attendance.ts';
import type { CardWorkEvent } from '#contract/till/cards.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { StaffMember } from '#contract/till/state.ts';
import { workAtReader } from '../cards/at-reader.ts';
import type { CardWorkParts } from '../cards/parts.ts';
import type { CardWorks, WorkRun } from '../cards/works.ts';
import type { Who } from '../counter/who.ts';
import { openCard } from '../loyalty/open-card.ts';
import type { LoyaltyParts } from '../loyalty/parts.ts';
import { storeRefusal } from '../loyalty/refusals.ts';

export type AttendanceParts = {
  cardWork: CardWorkParts;
  cardWorks: CardWorks;
  who: Pick<Who, 'byPin' | 'byBadge' | 'byCard'>;
};

export type ClockAsked = { intention: string; who: ClockedBy; direction: ClockDirection };
type By = Clocking['by'];

/** Clockings that `today` shows at most. */
const shown = 200;

/**
 * A member of staff comes or goes, known by PIN, badge or card (T28). A repeat of the intention gets the first answer.
 * Errors: those of `Who`, IntentionReused, DiskFull; by card also SaleInProgress, NotEnrolled, CardBlocked, the card's and the reader's.
 */
export async function clock(parts: AttendanceParts, asked: ClockAsked): Promise<Result<Clocking, TillError>> {
  const { intention, who, direction } = asked;
  if ('card' in who) return clockByCard(parts, intention, direction, who);
  const member = 'badge' in who ? await parts.who.byBadge(who.badge) : await parts.who.byPin(who.code, who.pin);
  return member.ok ? recorded(parts.cardWork, asked, member.value, 'badge' in who ? 'badge' : 'pin') : member;
}

/** The clockings of this till today, newest first. */
export function clockingsToday(parts: Pick<LoyaltyParts, 'reader' | 'feed' | 'clock' | 'timeZone'>): {
  timeZone: string;
  clockings: Clocking[];
} {
  const { reader, clock: time, timeZone } = parts;
  const dayOf = localDayIn(timeZone);
  const today = dayOf(time.wallMs());
  const clockings = reader
    .list({ before: null, limit: shown, kinds: ['attendance.clocked'] })
    .flatMap(({ entry }) => (entry.kind === 'attendance.clocked' ? [clockingOf(parts, entry)] : []))
    .filter(({ atMs }) => dayOf(atMs) === today);
  return { timeZone, clockings };
}

async function clockByCard(
  { cardWork, cardWorks, who }: AttendanceParts,
  intention: string,
  direction: ClockDirection,
  { useCardAsItLies, timeoutMs }: Extract<ClockedBy, { card: true }>,
): Promise<Result<Clocking, TillError>> {
  const run = cardWorks.once({
    order: { intention, useCardAsItLies, timeoutMs },
    what: `attendance ${direction}`,
    recorded: () => onRecord(cardWork, intention),
    work: async (run): Promise<Result<CardWorkEvent, TillError>> => {
      const cardNumber = await cardNumberAtReader(cardWork, run);
      if (!cardNumber.ok) return cardNumber;
      const member = who.byCard(cardNumber.value);
      if (!member.ok) return member;
      const entered = recorded(cardWork, { intention, direction }, member.value, 'card');
      return entered.ok ? ok({ stage: 'done', cardNumber: cardNumber.value }) : entered;
    },
  });
  if (!run.ok) return run;
  const told = run.value.follow();
  for (let step = await told.next(); ; step = await told.next()) {
    if (step.done && !step.value.ok) return step.value;
    if (step.done) return answerOf(cardWork, intention, direction);
  }
}

/** T36 as far as a person's own card goes: authentic, of this network, not on the hot list. */
function cardNumberAtReader(parts: CardWorkParts, run: WorkRun): Promise<Result<string, TillError>> {
  return workAtReader(parts, run, async ({ transport }) => {
    const shop = parts.shop();
    if (!shop) return err(tillError('NotEnrolled'));
    const opened = await openCard(transport, shop.onCard, parts.randomBytes);
    if (!opened.ok) return opened;
    const { cardNumber } = opened.value;
    return parts.feed.isBlocked(cardNumber) ? err(tillError('CardBlocked', { cardNumber })) : ok(cardNumber);
  });
}

/** What an earlier run of the service has on record; which card it was is not kept, and nobody asks. */
function onRecord({ reader }: CardWorkParts, intention: string): Result<CardWorkEvent, TillError> | null {
  const entry = reader.act(intention)?.entry;
  if (!entry) return null;
  return entry.kind === 'attendance.clocked'
    ? ok({ stage: 'done', cardNumber: '' })
    : err(tillError('IntentionReused'));
}

function recorded(
  parts: CardWorkParts,
  { intention, direction }: Pick<ClockAsked, 'intention' | 'direction'>,
  { code, role }: StaffMember,
  by: By,
): Result<Clocking, TillError> {
  const body = { staff: code, direction, by };
  const appended = parts.journal.append([
    { kind: 'attendance.clocked', intention, staff: code, role, postings: [], body },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  const entry = appended.value[0]!.entry;
  // A repeat got the first entry back: it must be this person's.
  return entry.staff === code ? answerOf(parts, intention, direction) : err(tillError('IntentionReused'));
}

function answerOf(parts: CardWorkParts, intention: string, direction: ClockDirection): Result<Clocking, TillError> {
  const entry = parts.reader.act(intention)?.entry;
  if (entry?.kind !== 'attendance.clocked' || entry.body.direction !== direction)
    return err(tillError('IntentionReused'));
  return ok(clockingOf(parts, entry));
}

const clockingOf = ({ feed }: Pick<LoyaltyParts, 'feed'>, entry: JournalEntry<'attendance.clocked'>): Clocking => ({
  entry: `${entry.epoch}-${entry.seq}`,
  seq: entry.seq,
  code: entry.body.staff,
  name: feed.staffMember(entry.body.staff)?.name ?? entry.body.staff,
  direction: entry.body.direction,
  by: entry.body.by,
  atMs: Date.parse(entry.wallTime),
});
