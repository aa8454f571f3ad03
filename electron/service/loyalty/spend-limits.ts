import type { CardRecord } from '#contract/loyalty/card-record.ts';
import { balanceAt, type Programme } from '#contract/loyalty/programme.ts';
import { type TillError, tillError } from '#contract/till/errors.ts';
import type { LoyaltyParts } from './parts.ts';

/**
 * Without a link nobody but the card says what may be spent: the shop's cap bounds one spending, and all that a card spends at
 * this till until the server has heard of it (invariant 17). Null: within the cap.
 */
export function overOfflineCap(
  { feed, reader }: Pick<LoyaltyParts, 'feed' | 'reader'>,
  cardNumber: string,
  points: number,
): TillError | null {
  const capPoints = feed.settings().offlineSpendCapPoints;
  const spentPoints = reader.unsentSpending(cardNumber);
  if (spentPoints + points <= capPoints) return null;
  return tillError('OfflineCapExceeded', { cardNumber, capPoints, spentPoints, points });
}

/** What is on the card and has not expired (`expiryMonths`): a spending must not bring lost points back as a visit would. */
export const spendableOn = (
  { rulesMs, timeZone }: Pick<LoyaltyParts, 'rulesMs' | 'timeZone'>,
  programme: Programme,
  { balancePoints: balance, timeSeconds }: CardRecord,
): number => balanceAt(programme, { balance, lastVisitMs: timeSeconds * 1000 }, { wallMs: rulesMs(), timeZone });

/** Null: the balance covers it. */
export const overBalance = (cardNumber: string, points: number, balance: number): TillError | null =>
  points <= balance ? null : tillError('NotEnoughPoints', { cardNumber, balance, points, missing: points - balance });
