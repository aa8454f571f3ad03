import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { IssuedCard } from '#contract/till/cards.ts';
import type { TillError } from '#contract/till/errors.ts';
import type { Acting, ShopAtTill } from '../loyalty/parts.ts';
import { pointsPostings } from '../loyalty/postings.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { CardWorkParts } from './parts.ts';
import type { RelayDone } from './relay.ts';

type Made = { intention: string; uid: string; how: 'issued' | 'joined'; done: RelayDone; exchanges: number };

/** The shop's side of a card that the server made through this till. Errors: DiskFull and the like. */
export function recordIssued(
  { journal }: Pick<CardWorkParts, 'journal'>,
  acting: Acting,
  { programme }: ShopAtTill,
  { intention, uid, how, done, exchanges }: Made,
): Result<JournalEntry<'card.issued'>, TillError> {
  const { cardNumber, points, balance, cardCounter, rulesVersion } = done;
  const appended = journal.append([
    {
      kind: 'card.issued',
      intention,
      staff: acting.code,
      role: acting.role,
      postings: points === 0 ? [] : pointsPostings(cardNumber, programme.id, points),
      body: { cardNumber, uid, programme: programme.id, rulesVersion, how, points, balance, cardCounter, exchanges },
    },
  ]);
  if (!appended.ok) return err(storeRefusal(appended.error));
  return ok(appended.value[0]!.entry as JournalEntry<'card.issued'>);
}

/** The card as its entry tells of it: what a repeat hears as well. */
export function issuedCard(
  { epoch, seq, body: { cardNumber, uid, how, points, balance, exchanges } }: JournalEntry<'card.issued'>,
  tapToResultMs: number,
): IssuedCard {
  return { entry: `${epoch}-${seq}`, seq, cardNumber, uid, how, points, balance, exchanges, tapToResultMs };
}
