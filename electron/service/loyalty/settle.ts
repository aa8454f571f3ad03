import { type CardRecord, fitsOnCard } from '#contract/loyalty/card-record.ts';
import { newestSettles, recordAfter, settlementOf } from '#contract/loyalty/torn-writes.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { WriteOutcome } from '../store/index.ts';
import type { OpenedCard } from './open-card.ts';
import { type OpenWriteHere, openWritesOf, sureCounter } from './open-writes.ts';
import type { LoyaltyParts } from './parts.ts';
import { refusalOf, storeRefusal } from './refusals.ts';

type SettlementHere = ReturnType<typeof settlementOf> | { outcome: WriteOutcome; record: null };

export type SettledWrite = { intention: string; outcome: WriteOutcome };
export type Settled = { newest: CardRecord; settled: SettledWrite[] };

/**
 * Settles all that has still to reach this card, each with its outcome in the journal (N2): what is on it already, what is
 * written now, what was not taken, and what cannot be decided and becomes a case for a person.
 * @param awaited the intention whose customer stands there and whose screen waits: a debit of it is made again
 * Errors: the card's own (pulled again: all stays open for the next tap), CardQuarantined (an old image), DiskFull.
 */
export async function settleOpenWrites(
  parts: LoyaltyParts,
  opened: OpenedCard,
  awaited: string | null = null,
): Promise<Result<Settled, TillError>> {
  const intents = openWritesOf(parts, opened.cardNumber);
  const done: Settled = { newest: opened.newest, settled: [] };
  if (isOldImage(parts, opened, intents)) {
    return err(tillError('CardQuarantined', { cardNumber: opened.cardNumber }));
  }
  if (intents.length === 0) return ok(done);
  const history = await historyFor(opened, intents);
  if (!history.ok) return history;
  for (const intent of intents) {
    const settled = await settleOne(parts, opened, done, intent, history.value, intent.intention === awaited);
    if (!settled.ok) return settled;
  }
  return ok(done);
}

/** Settles one write and says so in the journal; `done` moves on with the card. */
async function settleOne(
  parts: LoyaltyParts,
  opened: OpenedCard,
  done: Settled,
  intent: OpenWriteHere,
  history: readonly CardRecord[],
  awaited: boolean,
): Promise<Result<void, TillError>> {
  const settlement = settlementHere(intent, history, awaited);
  if (settlement.outcome !== 'write-again') {
    const place = settlement.outcome === 'applied' ? settlement.record : done.newest;
    return recordOutcome(parts, opened, done, intent, settlement.outcome, place);
  }
  const again = recordAfter(done.newest, intent);
  if (!fitsOnCard(again)) return recordOutcome(parts, opened, done, intent, 'quarantined', done.newest);
  const written = await writeAndCommit(opened, again);
  if (!written.ok) return written;
  done.newest = again;
  return recordOutcome(parts, opened, done, intent, 'applied', again);
}

/** What stands on the card is seen; for the rest the till that saw the card after the tear knows better than a history cut short. */
function settlementHere(intent: OpenWriteHere, history: readonly CardRecord[], awaited: boolean): SettlementHere {
  const settlement = settlementOf(intent, history, awaited);
  if (settlement.outcome === 'applied' || intent.foundElsewhere === null) return settlement;
  return { outcome: intent.foundElsewhere, record: null };
}

/** A card older than what this till has seen applied is a copy or an old image: its balance is not believed. */
function isOldImage(parts: LoyaltyParts, { cardNumber, newest }: OpenedCard, open: readonly OpenWriteHere[]): boolean {
  const known = parts.reader.card(cardNumber);
  if (!known || known.quarantined) return false;
  return newest.counter < sureCounter(known.counter, open);
}

async function historyFor(
  opened: OpenedCard,
  intents: readonly OpenWriteHere[],
): Promise<Result<CardRecord[], TillError>> {
  const undecided = intents.filter(({ foundElsewhere }) => foundElsewhere === null);
  if (newestSettles(undecided, opened.newest)) return ok([opened.newest]);
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
  { cardNumber, session }: OpenedCard,
  done: Settled,
  intent: OpenWriteHere,
  outcome: SettledWrite['outcome'],
  place: CardRecord | null,
): Result<void, TillError> {
  const { intention } = intent;
  const body = { cardNumber, outcome, exchanges: session.exchanges, tapToResultMs: null };
  const appended = parts.journal.append([
    {
      kind: 'card.outcome',
      intention,
      staff: null,
      role: null,
      postings: [],
      body: { ...body, ...placeOnCard(intent, outcome, place), ...givenBack(parts, intent, outcome) },
    },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  done.settled.push({ intention, outcome });
  return ok(undefined);
}

/** What the day that counted a spending of this till must take back: its points, and its money off. */
function givenBack(
  { reader }: LoyaltyParts,
  { own, operation, points, intention }: OpenWriteHere,
  outcome: SettledWrite['outcome'],
) {
  if (!own || operation !== 'spend' || outcome !== 'not-applied') return {};
  const entry = reader.act(intention)?.entry;
  const reward = entry?.kind === 'loyalty.spend' ? entry.body.reward : null;
  return { givenBackPoints: -points, ...(reward?.kind === 'money' ? { givenBackMinor: reward.amountMinor } : {}) };
}

/** Where the card stands, unless that is where the intent said, or is not known. */
function placeOnCard(intent: OpenWriteHere, outcome: SettledWrite['outcome'], place: CardRecord | null) {
  if (!place) return {};
  const { counter, balancePoints } = place;
  const asSaid = outcome === 'applied' && intent.own && intent.operation !== 'adjust' && counter === intent.cardCounter;
  if (asSaid || outcome === 'quarantined' || counter < 1) return {};
  return { cardCounter: counter, balance: balancePoints };
}
