import type { JournalEntry } from '#contract/journal/entry.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import type { IssuedCard } from '#contract/till/cards.ts';
import type { TillError } from '#contract/till/errors.ts';
import { pointsPostings } from '../loyalty/postings.ts';
import { storeRefusal } from '../loyalty/refusals.ts';
import type { Making } from './kept-making.ts';
import type { CardWorkParts } from './parts.ts';
import type { Relayed } from './relay.ts';

/**
 * The shop's side of a card that the server made through this till, written once; its making is closed. Null: the card had all of
 * it already, and somebody was told. Errors: DiskFull and the like.
 */
export function recordMade(
  { journal, reader, making: kept }: Pick<CardWorkParts, 'journal' | 'reader' | 'making'>,
  { intention, uid, how, programme, staff, role }: Making,
  { done, exchanges }: Relayed,
): Result<JournalEntry<'card.issued'> | null, TillError> {
  const { cardNumber, points, balance, cardCounter, rulesVersion } = done;
  let entry = reader.act(intention)?.entry ?? null;
  if (!entry && done.changed) {
    const postings = points === 0 ? [] : pointsPostings(cardNumber, programme, points);
    const body = { cardNumber, uid, programme, rulesVersion, how, points, balance, cardCounter, exchanges };
    const appended = journal.append([{ kind: 'card.issued', intention, staff, role, postings, body }]);
    if (!appended.ok) return err(storeRefusal(appended.error));
    entry = appended.value[0]!.entry;
  }
  kept.close();
  return ok(entry as JournalEntry<'card.issued'> | null);
}

/** The card as its entry tells of it: what a repeat hears as well. */
export function issuedCard(
  { epoch, seq, body: { cardNumber, uid, how, points, balance, exchanges } }: JournalEntry<'card.issued'>,
  tapToResultMs: number,
): IssuedCard {
  return { entry: `${epoch}-${seq}`, seq, cardNumber, uid, how, points, balance, exchanges, tapToResultMs };
}
