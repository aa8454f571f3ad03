import type { Language } from '#contract/money/index.ts';
import type { FeedStore } from '../store/index.ts';

/** The language of a customer's ticket, whatever language the screen has: the customer's wish, else the shop's. */
export const ticketLanguage = (
  feed: Pick<FeedStore, 'member'>,
  shop: { ticketLanguage: Language },
  cardNumber: string,
): Language => feed.member(cardNumber)?.language ?? shop.ticketLanguage;
