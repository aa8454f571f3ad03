import { parseCardNumber } from '#contract/loyalty/card-number.ts';
import { err, ok, type Result } from '#contract/result/index.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { CardLedger } from '#contract/till/loyalty.ts';
import type { Acting, Approval } from '../acting.ts';
import { isNotFound } from './central-cards.ts';
import type { LoyaltyParts } from './parts.ts';
import { storeRefusal } from './refusals.ts';
import { replacedHere } from './replaced-here.ts';

export type FoundCard = { cardNumber: string; blocked: boolean; hotListAtMs: number | null; ledger: CardLedger | null };

/** Ten digits with the right check digits. Errors: CardNumberInvalid. */
export function checkedNumber(cardNumber: string): Result<string, TillError> {
  const parsed = parseCardNumber(cardNumber);
  return parsed.ok ? parsed : err(tillError('CardNumberInvalid', { cardNumber, why: parsed.error.why }));
}

/** A card by its number: the hot list from this till's own copy, the rest from the server. Errors: CardNumberInvalid, CardNumberUnknown. */
export async function findCard(parts: LoyaltyParts, typed: string): Promise<Result<FoundCard, TillError>> {
  const number = checkedNumber(typed);
  if (!number.ok) return number;
  const cardNumber = number.value;
  const shown = await parts.central()?.show(cardNumber);
  if (shown && !shown.ok && isNotFound(shown.error)) return err(tillError('CardNumberUnknown', { cardNumber }));
  return ok({
    cardNumber,
    blocked: parts.feed.isBlocked(cardNumber),
    hotListAtMs: parts.hotListAtMs(),
    ledger: shown?.ok ? shown.value : null,
  });
}

type BlockAsked = {
  intention: string;
  cardNumber: string;
  blocked: boolean;
  reason: 'lost' | 'stolen' | 'damaged' | 'other' | 'found';
};
export type BlockedCard = { entry: string; seq: number; cardNumber: string; blocked: boolean };

/**
 * Takes a card out of use, or puts it back: here at once, at every other till of the network within one round of the feed (T20).
 * Errors: CardNumberInvalid, CardNotReplaceable (its balance has left it: it stays out), IntentionReused, DiskFull.
 */
export function blockCard(
  { journal, reader, feed }: LoyaltyParts,
  acting: Acting,
  { intention, ...asked }: BlockAsked,
  approvedBy: Approval,
): Result<BlockedCard, TillError> {
  const number = checkedNumber(asked.cardNumber);
  if (!number.ok) return number;
  const replaced = asked.blocked || reader.act(intention) ? null : replacedHere(feed, number.value);
  if (replaced) return err(replaced);
  const body = { ...asked, cardNumber: number.value, approvedBy };
  const { code: staff, role } = acting;
  const entered = journal.append([{ kind: 'card.blocked', intention, staff, role, postings: [], body }]);
  if (!entered.ok) return err(storeRefusal(entered.error));
  const { epoch, seq } = entered.value[0]!.entry;
  return ok({ entry: `${epoch}-${seq}`, seq, cardNumber: number.value, blocked: asked.blocked });
}
