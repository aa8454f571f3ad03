import { Uuid } from '#contract/ids/index.ts';
import type { JournalEntry, SealedEntry } from '#contract/journal/entry.ts';
import type { Reward, Tender } from '#contract/journal/kinds/loyalty.ts';
import { entryKinds } from '#contract/journal/kinds.ts';
import { ownPoints, type Reversible } from '#contract/loyalty/reversal.ts';
import { wallSecondsOf } from '#contract/loyalty/ticket-facts.ts';
import type { CurrencyCode } from '#contract/money/index.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { operationOfQr, ticketOfQr } from '#contract/tickets/operation-of-qr.ts';
import type { TicketFacts } from '#contract/tickets/token/facts.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { FoundOperation } from '#contract/till/loyalty.ts';
import type { Operation } from '../store/index.ts';
import { type CentralCards, type CentralOperation, isNotFound } from './central-cards.ts';
import type { LoyaltyParts } from './parts.ts';

/** A sale or a spending of this shop, whichever till made it, as a reversal looks at it. */
export type ReversibleOperation = {
  terminal: string;
  epoch: number;
  seq: number;
  intention: string;
  kind: 'loyalty.sale' | 'loyalty.spend';
  ticketNumber: string;
  cardNumber: string;
  cardCounter: number;
  programme: string;
  currency: CurrencyCode;
  wallTime: string;
  till: string;
  reward: Reward | null;
  tender?: Tender | undefined;
  /** Of the purchase; of a spending what it took off, which nobody gives back in cash. */
  amountMinor: number;
  /** The whole change of the balance, bonuses included: what the ticket says. */
  points: number;
  /** What goes back when all of it does. */
  own: Reversible;
  /** What earlier reversals took back, as far as this till knows. */
  gone: Reversible;
  /** The card never had it, or nobody knows: there is nothing to give back yet. Null for one the card has. */
  doubt: 'unknown' | 'not-applied' | 'quarantined' | null;
};

/**
 * Finds an operation by `epoch-seq`, intention, ticket number or a ticket's QR: in this till's journal, else with a link at the
 * server. Errors: EntryNotFound, NotReversible (it is something else, or `why: 'ambiguous'`), NeedsLink (perhaps another till's: also a
 * place here that may be the number on another till's ticket).
 */
export async function findReversible(
  parts: LoyaltyParts,
  text: string,
): Promise<Result<ReversibleOperation, TillError>> {
  const ticket = ticketOfQr(text);
  if (ticket === null) return findByKey(parts, text.trim(), placeOf(text.trim()));
  const found = await findByKey(parts, ticket.ticketNumber, null);
  const isItsOwn = !found.ok || isOnTicket(ticket, found.value);
  return isItsOwn ? found : err(tillError('EntryNotFound', { entry: ticket.ticketNumber }));
}

/** Every shop's tills number from one: the QR of another shop's ticket has a number of ours, and another card or moment. */
const isOnTicket = (ticket: TicketFacts, { cardNumber, wallTime }: ReversibleOperation): boolean =>
  ticket.cardLastDigits === cardNumber.slice(-4) && ticket.wallSeconds === wallSecondsOf(wallTime);

/** @param place in this journal that the key may name; null: it names none, as a QR, which says a ticket's number */
async function findByKey(
  parts: LoyaltyParts,
  key: string,
  place: Place | null,
): Promise<Result<ReversibleOperation, TillError>> {
  const here = ownOperation(parts, key, place);
  const central = parts.central();
  if (!here.ok) return here;
  if (!here.value) return notOperatedHere(parts, central, key, place);
  if (here.value.facts.ticketNumber !== key && place !== null && mayBeAnotherTills(parts, place)) {
    const named = await central?.operation(key);
    if (!named || (!named.ok && !isNotFound(named.error))) return err(tillError('NeedsLink', { entry: key }));
    // A person must say which is meant.
    if (named.ok && named.value.intention !== here.value.facts.intention) return err(ambiguous(key));
  }
  return withCentralWord(parts, central, reversibleOf(parts, here.value));
}

/**
 * Tills of a shop are numbered, and so are the epochs of a journal: a place here may be the number on another till's ticket, and
 * what it names here another customer's money.
 */
function mayBeAnotherTills(parts: LoyaltyParts, { epoch }: Place): boolean {
  const own = parts.shop()?.ticketPrefix ?? '';
  return /^\d+$/.test(own) && own !== String(epoch);
}

/** What a person gave, however it came in: an intention, an entry's place or a ticket's number. */
export const operationKey = (text: string): string => operationOfQr(text) ?? text.trim();

const ambiguous = (entry: string): TillError => tillError('NotReversible', { entry, why: 'ambiguous' });

type Place = { epoch: number; seq: number };

function placeOf(key: string): Place | null {
  const match = /^(\d{1,4})-(\d{1,12})$/.exec(key);
  return match ? { epoch: Number(match[1]), seq: Number(match[2]) } : null;
}

type OwnOperation = Operation<'loyalty.sale'> | Operation<'loyalty.spend'>;

/** What this journal has under an id, or at a place. */
const namedHere = ({ reader }: LoyaltyParts, key: string, place: Place | null): SealedEntry | null =>
  (Uuid.safeParse(key).success ? reader.act(key) : null) ?? (place && reader.entry(place.epoch, place.seq));

const isReversible = ({ kind }: Pick<JournalEntry, 'kind'>): boolean =>
  kind === 'loyalty.sale' || kind === 'loyalty.spend';

/** A place here that cannot be taken back (a sign-in, what became of a ticket) says nothing of another till's ticket of that number. */
async function notOperatedHere(
  parts: LoyaltyParts,
  central: CentralCards | null,
  key: string,
  place: Place | null,
): Promise<Result<ReversibleOperation, TillError>> {
  const there = await elsewhere(parts, central, key);
  const named = namedHere(parts, key, place);
  const isOurs = named !== null && entryKinds[named.entry.kind].operation;
  if (there.ok || !named || (there.error.type !== 'EntryNotFound' && !isOurs)) return there;
  return err(tillError('NotReversible', { entry: key, kind: named.entry.kind }));
}

/** Null: this journal has no such operation. */
function ownOperation(parts: LoyaltyParts, key: string, place: Place | null): Result<OwnOperation | null, TillError> {
  const { reader } = parts;
  const named = namedHere(parts, key, place);
  const byEntry = named && isReversible(named.entry) ? reader.operation(named.entry.intention) : null;
  const byTicket = reader.operationOfTicket(key);
  if (byEntry && byTicket && byEntry.facts.intention !== byTicket.facts.intention) return err(ambiguous(key));
  const found = byTicket ?? byEntry;
  if (!found) return ok(null);
  const { kind } = found.facts;
  if (kind !== 'loyalty.sale' && kind !== 'loyalty.spend') return err(tillError('NotReversible', { entry: key, kind }));
  return ok(found as OwnOperation);
}

function reversibleOf(parts: LoyaltyParts, { sealed: { entry }, facts }: OwnOperation): ReversibleOperation {
  const { terminal, epoch, seq, intention, kind, wallTime } = entry;
  const { ticketNumber, cardNumber, cardCounter, programme, currency, points } = entry.body;
  const common = {
    terminal,
    epoch,
    seq,
    intention,
    kind,
    wallTime,
    ticketNumber,
    cardNumber,
    cardCounter,
    programme,
    currency,
  };
  const gone = { amountMinor: facts.reversedMinor, points: facts.reversedPoints };
  const till = parts.shop()?.till ?? '';
  if (entry.kind === 'loyalty.sale') {
    const { amountMinor, tender } = entry.body;
    const own = { amountMinor, points: ownPoints(entry.body) };
    return { ...common, till, reward: null, tender, amountMinor, points, own, gone, doubt: null };
  }
  const { reward } = entry.body;
  const amountMinor = reward.kind === 'money' ? reward.amountMinor : 0;
  const outcome = facts.cardOutcome ?? 'unknown';
  const doubt = outcome === 'applied' ? null : outcome;
  return { ...common, till, reward, amountMinor, points, own: { amountMinor: 0, points }, gone, doubt };
}

/** What other tills have reversed of it is not in this journal; the server knows, where it answers. */
async function withCentralWord(
  parts: LoyaltyParts,
  central: CentralCards | null,
  found: ReversibleOperation,
): Promise<Result<ReversibleOperation, TillError>> {
  const known = await central?.operation(found.intention);
  if (!known?.ok) return ok(found);
  const { gone, own } = found;
  const there = withUnsent(parts, found.intention, goneOf(known.value, own));
  return ok({ ...found, gone: furthest(gone, there) });
}

const furthest = (a: Reversible, b: Reversible): Reversible => ({
  amountMinor: Math.max(a.amountMinor, b.amountMinor),
  points: Math.abs(a.points) > Math.abs(b.points) ? a.points : b.points,
});

function goneOf({ operation, amountMinor, points, left }: CentralOperation, own: Reversible): Reversible {
  const gone = { amountMinor: operation === 'sale' ? amountMinor - left.amountMinor : 0, points: points - left.points };
  // The server counts bonuses into `left`; what is gone of a whole is all that is this operation's own.
  return Math.abs(gone.points) > Math.abs(own.points) ? { ...gone, points: own.points } : gone;
}

async function elsewhere(
  parts: LoyaltyParts,
  central: CentralCards | null,
  key: string,
): Promise<Result<ReversibleOperation, TillError>> {
  if (!central) return err(tillError('NeedsLink', { entry: key }));
  const answer = await central.operation(key);
  if (!answer.ok) return err(tillError(isNotFound(answer.error) ? 'EntryNotFound' : 'NeedsLink', { entry: key }));
  const found = answer.value;
  const isSale = found.operation === 'sale';
  const own = { amountMinor: isSale ? found.amountMinor : 0, points: found.ownPoints ?? found.points };
  return ok({
    ...found,
    kind: isSale ? 'loyalty.sale' : 'loyalty.spend',
    own,
    gone: withUnsent(parts, found.intention, goneOf(found, own)),
    doubt: found.doubt ?? null,
  });
}

/** Reversals that may be unsent; the newest of them are looked at. */
const reversalsLookedAt = 1_000;

/** Reversals of it that this till has not sent are not in what the server says is left. */
function withUnsent({ reader }: LoyaltyParts, intention: string, gone: Reversible): Reversible {
  const head = reader.acknowledged()?.head ?? { epoch: 0, seq: 0 };
  const newest = reader.list({ before: null, limit: reversalsLookedAt, kinds: ['loyalty.reversal'] });
  return newest.reduce((sum, { entry }) => {
    const isSent = entry.epoch < head.epoch || (entry.epoch === head.epoch && entry.seq <= head.seq);
    if (isSent || entry.kind !== 'loyalty.reversal' || entry.body.reverses.intention !== intention) return sum;
    return { amountMinor: sum.amountMinor + entry.body.amountMinor, points: sum.points - entry.body.points };
  }, gone);
}

/** What a reversal would find, for the screens and the command. */
export function foundOperation(found: ReversibleOperation): FoundOperation {
  const { epoch, seq, intention, kind, ticketNumber, cardNumber, wallTime, till, amountMinor, currency } = found;
  const { points, reward, own, gone } = found;
  return {
    entry: `${epoch}-${seq}`,
    intention,
    operation: kind === 'loyalty.sale' ? 'sale' : 'spend',
    ticketNumber,
    cardNumber,
    wallTime,
    till,
    amountMinor,
    currency,
    points,
    reward,
    left: { amountMinor: own.amountMinor - gone.amountMinor, points: own.points - gone.points },
  };
}
