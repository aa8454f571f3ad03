import { type TillError, tillError } from '#contract/till/errors.ts';
import type { JournalReader } from '../store/index.ts';

/** Cards that one till replaces before the server's own word is there: far more. */
const lookedAt = 1_000;

export const notReplaceable = (cardNumber: string, why: string): TillError =>
  tillError('CardNotReplaceable', { cardNumber, why });

/** By this journal the card's balance has gone to another card. That is for good, whatever the server has heard of it. */
export function replacedHere({ reader }: { reader: JournalReader }, cardNumber: string): TillError | null {
  const moves = reader.list({ before: null, limit: lookedAt, kinds: ['card.replaced'] });
  const isMoved = moves.some(({ entry }) => entry.kind === 'card.replaced' && entry.body.fromCard === cardNumber);
  return isMoved ? notReplaceable(cardNumber, 'already-replaced') : null;
}
