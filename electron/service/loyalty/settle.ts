import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import { fitsOnCard } from './card-room.ts';
import type { OpenedCard } from './open-card.ts';
import type { LoyaltyParts } from './parts.ts';
import { refusalOf, storeRefusal } from './refusals.ts';
import { earnRecord, newestSettles, type OpenIntent, settlementOf } from './torn-writes.ts';

export type Settled = { newest: CardRecord; settled: { intention: string; outcome: 'applied' | 'quarantined' }[] };

/**
 * Settles what torn writes left open on this card, oldest first, each with its outcome in the journal (N2).
 * A credit that is not on the card is written again; one that cannot be decided becomes a case for a person.
 * Errors: the card's own (pulled again: all stays open for the next tap), DiskFull.
 */
export async function settleOpenWrites(parts: LoyaltyParts, opened: OpenedCard): Promise<Result<Settled, TillError>> {
  const intents = openIntents(parts, opened.cardNumber);
  const done: Settled = { newest: opened.newest, settled: [] };
  if (isOldImage(parts, opened, intents)) {
    return err(tillError('CardQuarantined', { cardNumber: opened.cardNumber }));
  }
  if (intents.length === 0) return ok(done);
  const history = await historyFor(opened, intents);
  if (!history.ok) return history;
  for (const intent of intents) {
    const { outcome } = settlementOf(intent, history.value);
    const again = outcome === 'write-again' ? earnRecord(done.newest, intent) : null;
    const undecided = outcome === 'quarantined' || (again !== null && !fitsOnCard(again));
    if (again && !undecided) {
      const written = await writeAndCommit(opened, again);
      if (!written.ok) return written;
      done.newest = again;
    }
    const recorded = recordOutcome(parts, intent, opened, undecided ? 'quarantined' : 'applied');
    if (!recorded.ok) return recorded;
    done.settled.push(recorded.value);
  }
  return ok(done);
}

/** A card older than what this till has seen applied is a copy or an old image: its balance is not believed. */
function isOldImage(parts: LoyaltyParts, { cardNumber, newest }: OpenedCard, intents: readonly OpenIntent[]): boolean {
  const known = parts.reader.card(cardNumber);
  if (!known || known.quarantined) return false;
  // What an open write would have made of the card is not yet sure; what it was made upon is.
  const sure = intents.reduce((counter, intent) => Math.min(counter, intent.cardCounter - 1), known.counter);
  return newest.counter < sure;
}

async function historyFor(
  opened: OpenedCard,
  intents: readonly OpenIntent[],
): Promise<Result<CardRecord[], TillError>> {
  if (newestSettles(intents, opened.newest)) return ok([opened.newest]);
  const history = await opened.session.readHistory();
  return history.ok ? history : err(refusalOf(history.error));
}

async function writeAndCommit(opened: OpenedCard, record: CardRecord): Promise<Result<void, TillError>> {
  const written = await opened.session.write(record);
  if (!written.ok) return err(refusalOf(written.error));
  const committed = await opened.session.commit();
  return committed.ok ? ok(undefined) : err(tillError('CardRemoved'));
}

function recordOutcome(
  parts: LoyaltyParts,
  intent: OpenIntent,
  opened: OpenedCard,
  outcome: 'applied' | 'quarantined',
): Result<Settled['settled'][number], TillError> {
  const appended = parts.journal.append([
    {
      kind: 'card.outcome',
      intention: intent.intention,
      staff: null,
      role: null,
      postings: [],
      body: { cardNumber: opened.cardNumber, outcome, exchanges: opened.session.exchanges, tapToResultMs: null },
    },
  ]);
  return appended.ok ? ok({ intention: intent.intention, outcome }) : err(storeRefusal(appended.error));
}

/** What torn writes left open on a card, oldest first. */
function openIntents(parts: LoyaltyParts, cardNumber: string): OpenIntent[] {
  return parts.reader.openCardIntents(cardNumber).map(({ sealed: { entry } }) => ({
    intention: entry.intention,
    cardCounter: entry.body.cardCounter,
    points: entry.body.points,
    amountMinor: entry.body.amountMinor,
    wallMs: Date.parse(entry.wallTime),
  }));
}
