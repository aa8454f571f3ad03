import type { JournalEntry } from '#contract/journal/entry.ts';
import { operationTicket, staffOnTicket, type Ticketed } from '#contract/loyalty/operation-ticket.ts';
import { spendableOf } from '#contract/loyalty/programme.ts';
import { ticketFactsOf } from '#contract/loyalty/ticket-facts.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { finishTicket } from '#contract/tickets/finish.ts';
import { ticketPreview } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { SaleResult } from '#contract/till/loyalty.ts';
import type { LoyaltyParts, ShopAtTill } from './parts.ts';
import type { SettledWrite } from './settle.ts';
import { ticketLanguage } from './ticket-language.ts';

export type AtCounter = JournalEntry<'loyalty.sale'> | JournalEntry<'loyalty.spend'>;
export type { Ticketed };

/** How the write to the card went, as far as it is known. */
export type CardWriteFacts = { cardPending: boolean; exchanges: number; tapToResultMs: number };

type InReach = SaleResult['inReach'];

/** A sale or a spending as it stands in the journal, its ticket, and what became of its card write so far. */
export type Recorded = CardWriteFacts & { entry: AtCounter; ticket: Ticket; inReach: InReach; settled: SettledWrite[] };

/** Reads a sale or a spending back from the journal: the answer is made of what is durable. Errors: EntryNotFound, NotEnrolled. */
export function recordedOperation(
  parts: LoyaltyParts,
  intention: string,
  write: CardWriteFacts,
  settled: SettledWrite[] = [],
): Result<Recorded, TillError> {
  const shop = parts.shop();
  if (!shop) return err(tillError('NotEnrolled'));
  const entry = parts.reader.act(intention)?.entry;
  if (entry?.kind !== 'loyalty.sale' && entry?.kind !== 'loyalty.spend') {
    return err(tillError('EntryNotFound', { entry: intention }));
  }
  const inReach = write.cardPending ? [] : giftsInReach(parts, shop, entry.body.balance);
  return ok({ ...write, entry, ticket: ticketOf(parts, shop, entry, write, 0), inReach, settled });
}

/** By the rules of now: it is what the customer could take now. */
function giftsInReach(parts: LoyaltyParts, { programme }: ShopAtTill, balance: number): InReach {
  const { gifts } = spendableOf(programme, balance, { wallMs: parts.rulesMs(), timeZone: parts.timeZone });
  return gifts.map(({ name, points }) => ({ name, points }));
}

/** An operation's ticket, whatever it was: the one place where tickets of this till are made. @param copy 0 for the first print */
export function ticketOf(
  parts: Pick<LoyaltyParts, 'timeZone' | 'feed' | 'reader' | 'mark'>,
  shop: ShopAtTill,
  entry: Ticketed,
  { cardPending }: { cardPending: boolean },
  copy: number,
): Ticket {
  const { cardNumber } = entry.body;
  const laidOut = operationTicket(
    entry,
    {
      language: ticketLanguage(parts.feed, shop, cardNumber),
      timeZone: parts.timeZone,
      shop: { name: shop.name, address: shop.address },
      till: shop.till,
      staff: staffOnTicket(parts.feed.staffMember(entry.staff ?? '')?.name ?? entry.staff ?? ''),
      cardPending,
      copy,
    },
    parts.reader.card(cardNumber)?.balance ?? null,
  );
  return finishTicket(laidOut, parts.mark(ticketFactsOf(entry, copy)));
}

/** What the screens and the command are told of a sale or a spending. */
export function resultOf(recorded: Recorded): SaleResult {
  const { entry, settled } = recorded;
  const { body } = entry;
  return {
    entry: `${entry.epoch}-${entry.seq}`,
    seq: entry.seq,
    intention: entry.intention,
    ...whatWasDone(entry),
    cardNumber: body.cardNumber,
    currency: body.currency,
    points: body.points,
    rulesVersion: body.rulesVersion,
    previousBalance: body.balance - body.points,
    balance: body.balance,
    totalSpendMinor: body.totalSpendMinor,
    nextGift: body.nextGift,
    inReach: recorded.inReach,
    ticketNumber: body.ticketNumber,
    // No ticket claims a gift that the card may not have paid for.
    ticket: claims(recorded) ? ticketPreview(recorded.ticket) : { lines: [], styles: [] },
    card: recorded.cardPending ? 'unknown' : 'applied',
    exchanges: recorded.exchanges,
    tapToResultMs: recorded.tapToResultMs,
    ...(settled.length > 0 ? { settled } : {}),
  };
}

/** A credit stands whatever became of the card; a spending only once the card has it. */
export const claims = ({ entry, cardPending }: Pick<Recorded, 'entry' | 'cardPending'>): boolean =>
  entry.kind === 'loyalty.sale' || !cardPending;

function whatWasDone(
  entry: AtCounter,
): Pick<SaleResult, 'operation' | 'amountMinor' | 'reward' | 'extras' | 'lastVisitMs'> {
  if (entry.kind === 'loyalty.sale') {
    const { amountMinor, lastVisitMs, extras = [] } = entry.body;
    return { operation: 'sale', amountMinor, reward: null, extras, lastVisitMs };
  }
  const { reward } = entry.body;
  const amountMinor = reward.kind === 'money' ? reward.amountMinor : 0;
  return { operation: 'spend', amountMinor, reward, extras: [], lastVisitMs: null };
}
