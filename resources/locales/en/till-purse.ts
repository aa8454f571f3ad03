import type { purse as french } from '../fr/till-purse.ts';

/** A card's purse and credit at the till. */
export const purse: typeof french = {
  title: 'Purse and credit',
  what: 'What is to be done?',
  acts: {
    'top-up': { name: 'Top up', detail: 'The customer gives money', key: 'R' },
    pay: { name: 'Pay', detail: 'With the purse', key: 'Y' },
    refund: { name: 'Refund', detail: 'Hand back in cash', key: 'B' },
    draw: { name: 'Credit', detail: 'The customer pays later', key: 'C' },
    repay: { name: 'Repay', detail: 'The customer pays credit back', key: 'E' },
  },
  balance: { name: 'Balance', detail: 'Purse and what is owed', key: 'O' },
  amount: 'Amount',
  confirm: 'Read the card',
  back: 'Back',
  done: {
    'top-up': 'Card topped up',
    pay: 'Paid by card',
    refund: 'Refunded in cash',
    draw: 'Put on credit',
    repay: 'Credit repaid',
  },
  purse: 'Purse',
  owed: 'Still owed',
  limit: 'Credit limit',
  held: 'Held for another till',
  later: 'The new balance can be read once back online.',
  card: 'Card {cardNumber}',
  next: 'Another operation',
  ticket: 'Ticket',
};
