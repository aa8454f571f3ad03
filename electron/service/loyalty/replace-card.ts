import type { JournalEntry } from '#contract/journal/entry.ts';
import { CARD_BOUNDS } from '#contract/loyalty/card-record.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { Acting, Approval } from '../acting.ts';
import type { EntryDraft } from '../store/index.ts';
import { checkedNumber } from './block-card.ts';
import { type CentralCards, isNotFound } from './central-cards.ts';
import { counterOfLyingCard, settleLyingCard } from './lying-card.ts';
import { leastCounter } from './open-writes.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import { pointsPostings, spendPostings } from './postings.ts';
import { storeRefusal } from './refusals.ts';
import { notReplaceable, replacedHere } from './replaced-here.ts';

export type ReplaceAsked = { intention: string; how: 'replace' | 'merge'; fromCard: string; toCard: string };

export type ReplacedCard = {
  entry: string;
  seq: number;
  fromCard: string;
  toCard: string;
  points: number;
  card: 'applied' | 'pending';
  elsewhere: 'moves' | 'waits';
};

/**
 * Moves one card's balance in this shop to another card and blocks the first: a lost card replaced, or two of one customer
 * merged (T20). The second card is put right at once if it lies on the reader, else at its next tap.
 * Errors: NeedsLink, CardNumberInvalid, CardNumberUnknown, CardNotReplaceable (`why`), IntentionReused, DiskFull.
 */
export async function replaceCard(
  parts: LoyaltyParts,
  acting: Acting,
  asked: ReplaceAsked,
  approvedBy: Approval,
): Promise<Result<ReplacedCard, TillError>> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const cards = checkedPair(asked);
  if (!cards.ok) return cards;
  const before = standing(parts, asked, cards.value);
  if (before) return before;
  const ledgers = await ledgersOf(parts, cards.value);
  if (!ledgers.ok) return ledgers;
  const lying = await counterOfLyingCard(parts, shop, cards.value.toCard);
  // What this till did with the cards while the server was asked is not in what it said.
  const meanwhile = standing(parts, asked, cards.value);
  if (meanwhile) return meanwhile;
  const draft = replacedEntry(parts, acting, shop, { ...asked, ...cards.value }, ledgers.value, approvedBy, lying);
  const intent = parts.journal.append([draft]);
  if (!intent.ok) return err(storeRefusal(intent.error));
  await settleLyingCard(parts, shop, cards.value.toCard);
  return ok(answerOf(parts, intent.value[0]!.entry as JournalEntry<'card.replaced'>));
}

type Pair = { fromCard: string; toCard: string };

/** What this journal says of it already: the answer of the same intention, or why nothing may move now. Null: nothing. */
function standing(
  parts: LoyaltyParts,
  asked: ReplaceAsked,
  { fromCard }: Pair,
): Result<ReplacedCard, TillError> | null {
  const recorded = parts.reader.act(asked.intention)?.entry;
  if (recorded) return answerAgain(parts, recorded, asked);
  const replaced = replacedHere(parts.feed, fromCard);
  if (replaced) return err(replaced);
  // What the server has still to hear of the first card from this till would stay behind.
  return hasUnsent(parts, fromCard) ? err(tillError('NeedsLink', { cardNumber: fromCard, why: 'unsent' })) : null;
}

function checkedPair({ fromCard, toCard }: ReplaceAsked): Result<Pair, TillError> {
  const from = checkedNumber(fromCard);
  if (!from.ok) return from;
  const to = checkedNumber(toCard);
  if (!to.ok) return to;
  if (from.value === to.value) return err(notReplaceable(to.value, 'same'));
  return ok({ fromCard: from.value, toCard: to.value });
}

/** The ledger says how much moves: the first card is not there, and may be long behind. */
async function ledgersOf(
  parts: LoyaltyParts,
  { fromCard, toCard }: Pair,
): Promise<Result<{ from: CardLedger; to: CardLedger }, TillError>> {
  const central = parts.central();
  if (!central) return err(tillError('NeedsLink', { cardNumber: fromCard }));
  const from = await shown(central, fromCard);
  if (!from.ok) return from;
  if (from.value.status === 'replaced') return err(notReplaceable(fromCard, 'already-replaced'));
  const { min, max } = CARD_BOUNDS.deltaPoints;
  const points = from.value.balance ?? 0;
  if (points < min || points > max) return err(notReplaceable(fromCard, 'too-many-points'));
  const to = await shown(central, toCard);
  if (!to.ok) return to;
  const outOfUse = to.value.status !== 'active' || parts.feed.isBlocked(toCard);
  return outOfUse ? err(notReplaceable(toCard, 'target-out-of-use')) : ok({ from: from.value, to: to.value });
}

async function shown(central: CentralCards, cardNumber: string): Promise<Result<CardLedger, TillError>> {
  const answer = await central.show(cardNumber);
  if (answer.ok) return answer;
  return err(tillError(isNotFound(answer.error) ? 'CardNumberUnknown' : 'NeedsLink', { cardNumber }));
}

/** A till with more than so much to send does that first. */
const unsentLookedAt = 1_000;

function hasUnsent({ reader }: LoyaltyParts, cardNumber: string): boolean {
  const unsent = reader.entriesAfter(reader.acknowledged()?.head ?? null, unsentLookedAt);
  return unsent.length === unsentLookedAt || unsent.some(({ entry }) => movesOn(entry, cardNumber));
}

function movesOn({ kind, body }: JournalEntry, cardNumber: string): boolean {
  if (kind === 'card.replaced') return body.toCard === cardNumber;
  return 'cardNumber' in body && body.cardNumber === cardNumber && 'points' in body;
}

function replacedEntry(
  parts: LoyaltyParts,
  acting: Acting,
  shop: ShopAtTill,
  { intention, how, fromCard, toCard }: ReplaceAsked,
  { from, to }: { from: CardLedger; to: CardLedger },
  approvedBy: Approval,
  lyingCounter: number | null,
): EntryDraft<'card.replaced'> {
  const { programme, currency } = shop;
  const { totalSpendMinor: spendMinor } = from;
  // A card that this shop has never served leaves nothing behind here.
  const points = from.balance ?? 0;
  const known = lyingCounter ?? to.cardCounter ?? 0;
  return {
    kind: 'card.replaced',
    intention,
    staff: acting.code,
    role: acting.role,
    // What leaves the one comes to the other; the shop's own side cancels out.
    postings: [
      ...pointsPostings(fromCard, programme.id, 0 - points).slice(0, 1),
      ...pointsPostings(toCard, programme.id, points).slice(0, 1),
      ...spendPostings(fromCard, currency, 0 - spendMinor).slice(0, 1),
      ...spendPostings(toCard, currency, spendMinor).slice(0, 1),
    ],
    body: {
      how,
      fromCard,
      toCard,
      programme: programme.id,
      currency,
      points,
      spendMinor,
      cardCounter: Math.max(leastCounter(parts, toCard), known + 1),
      ...(from.networkWide?.replace === false ? { elsewhere: 'waits' as const } : {}),
      approvedBy,
    },
  };
}

/** The same intention again: the answer of the first, from the journal. Errors: IntentionReused. */
function answerAgain(
  parts: LoyaltyParts,
  entry: JournalEntry,
  { how, fromCard, toCard }: ReplaceAsked,
): Result<ReplacedCard, TillError> {
  if (entry.kind !== 'card.replaced') return err(tillError('IntentionReused'));
  const { body } = entry;
  const isSame = body.how === how && body.fromCard === fromCard && body.toCard === toCard;
  return isSame ? ok(answerOf(parts, entry)) : err(tillError('IntentionReused'));
}

function answerOf(
  { reader }: LoyaltyParts,
  { epoch, seq, intention, body }: JournalEntry<'card.replaced'>,
): ReplacedCard {
  const applied = reader.operation(intention)?.facts.cardOutcome === 'applied';
  const { fromCard, toCard, points, elsewhere = 'moves' } = body;
  const card = applied ? 'applied' : 'pending';
  return { entry: `${epoch}-${seq}`, seq, fromCard, toCard, points, card, elsewhere };
}
