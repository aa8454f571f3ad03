import { type TillError, tillError } from '#contract/till/errors.ts';
import type { FeedStore } from '../store/index.ts';

export const notReplaceable = (cardNumber: string, why: string): TillError =>
  tillError('CardNotReplaceable', { cardNumber, why });

/**
 * In this shop the card's balance has gone to another card: by this till's own journal, at once, until the server has answered it; then
 * as the feed says, for the network's newer word may have brought the card back.
 */
export const replacedHere = (feed: Pick<FeedStore, 'replacedBy'>, cardNumber: string): TillError | null =>
  feed.replacedBy(cardNumber) === null ? null : notReplaceable(cardNumber, 'already-replaced');
