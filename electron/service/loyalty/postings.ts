import type { Posting } from '#contract/journal/entry.ts';

/** Points that come to a card (or leave it, negative) and the shop's side of them. */
export const pointsPostings = (cardNumber: string, programme: string, points: number): Posting[] => [
  { account: `card:${cardNumber}`, commodity: `points:${programme}`, amount: points },
  { account: 'shop:issued', commodity: `points:${programme}`, amount: 0 - points },
];

/** What a customer has bought (or given back, negative): the card's total spend and the shop's turnover. */
export const spendPostings = (cardNumber: string, currency: string, amountMinor: number): Posting[] => [
  { account: `card:${cardNumber}`, commodity: `spend:${currency}`, amount: amountMinor },
  { account: 'shop:turnover', commodity: `spend:${currency}`, amount: 0 - amountMinor },
];
