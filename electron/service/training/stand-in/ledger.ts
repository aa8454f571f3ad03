import { accountEffects, accountKinds, actOfKind, changeMinor } from '#contract/accounts/effects.ts';
import type { JournalEntry, SealedEntry } from '#contract/journal/entry.ts';
import type { AccountName } from '#contract/journal/kinds/accounts.ts';
import type { EntryKind } from '#contract/journal/kinds.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import { replacedHere } from '../../loyalty/replaced-here.ts';
import type { CardStanding, FeedStore, JournalReader } from '../../store/index.ts';

/** A network of one till: what that till's own journal says is all there is. */
export type LedgerParts = { reader: JournalReader; feed: FeedStore; till: () => string };

const historyLength = 50;
const pageLength = 200;
/** A training journal is short; a longer one is looked through from its end. */
const maxPages = 50;

const ofCards: EntryKind[] = ['loyalty.sale', 'loyalty.spend', 'loyalty.reversal', 'card.issued', 'card.replaced'];

/** Out of use for good once replaced; else as the hot list has it. */
export function statusOf({ feed }: Pick<LedgerParts, 'feed'>, cardNumber: string): CardLedger['status'] {
  if (replacedHere(feed, cardNumber)) return 'replaced';
  return feed.isBlocked(cardNumber) ? 'blocked' : 'active';
}

/** What writes of the journal have still to reach the card: points. */
export const pendingPoints = ({ reader }: Pick<LedgerParts, 'reader'>, cardNumber: string): number =>
  reader.openCardIntents(cardNumber).reduce((sum, { facts }) => sum + facts.points, 0);

/** Where the card stands by this journal; null: no entry tells of it, though it may be on the hot list. */
export function standingOf({ reader }: Pick<LedgerParts, 'reader'>, cardNumber: string): CardStanding | null {
  const standing = reader.card(cardNumber);
  return standing && standing.lastEntryMs !== null ? standing : null;
}

/** Null balance: no entry names the card yet. */
export function ledgerOf(parts: LedgerParts, cardNumber: string): Omit<CardLedger, 'pin'> {
  const standing = standingOf(parts, cardNumber);
  return {
    balance: standing?.balance ?? null,
    totalSpendMinor: standing?.totalSpendMinor ?? 0,
    status: statusOf(parts, cardNumber),
    holder: null,
    pendingPoints: pendingPoints(parts, cardNumber),
    ...(standing ? { cardCounter: standing.counter } : {}),
    history: historyOf(parts, cardNumber),
  };
}

function historyOf({ reader, till }: LedgerParts, cardNumber: string): CardLedger['history'] {
  const lines: CardLedger['history'] = [];
  for (const { entry } of newestFirst(reader, ofCards)) {
    const line = lineOf(entry, cardNumber);
    if (line) lines.push({ atMs: Date.parse(entry.wallTime), till: till(), kind: entry.kind, ...line });
    if (lines.length === historyLength) break;
  }
  return lines;
}

/** What an entry did to this card; null: it is about others. */
function lineOf({ kind, body }: JournalEntry, cardNumber: string) {
  if (kind === 'card.replaced') {
    const { fromCard, toCard, points } = body;
    if (fromCard !== cardNumber && toCard !== cardNumber) return null;
    return { ticketNumber: null, amountMinor: 0, points: toCard === cardNumber ? points : 0 - points, balance: null };
  }
  if (!('cardNumber' in body) || body.cardNumber !== cardNumber || !('points' in body)) return null;
  return {
    ticketNumber: 'ticketNumber' in body ? body.ticketNumber : null,
    amountMinor: 'amountMinor' in body ? body.amountMinor : 0,
    points: body.points,
    balance: 'balance' in body ? body.balance : null,
  };
}

/** What a card's account comes to: the purse's balance, or what is owed. */
export function figureOf({ reader }: Pick<LedgerParts, 'reader'>, cardNumber: string, account: AccountName): number {
  let figure = 0;
  for (const { entry } of newestFirst(reader, accountKinds)) {
    const act = actOfKind(entry.kind);
    if (!act || accountEffects[act].account !== account) continue;
    const { body } = entry as JournalEntry<(typeof accountKinds)[number]>;
    if (body.cardNumber === cardNumber) figure += changeMinor(act, body.amountMinor);
  }
  return figure;
}

function* newestFirst(reader: JournalReader, kinds: readonly EntryKind[]): Generator<SealedEntry> {
  let before: { epoch: number; seq: number } | null = null;
  for (let page = 0; page < maxPages; page++) {
    const sealed: SealedEntry[] = reader.list({ before, limit: pageLength, kinds });
    yield* sealed;
    const last = sealed.at(-1);
    if (!last || sealed.length < pageLength) return;
    before = { epoch: last.entry.epoch, seq: last.entry.seq };
  }
}
