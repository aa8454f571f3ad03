import type { officeAccounts as french } from '../fr/office-accounts.ts';

/** The office's page of cards' purses and credits. */
export const officeAccounts: typeof french = {
  nav: 'Accounts',
  title: 'Card accounts',
  subtitle: '{count} {count|card with a purse or a credit|cards with a purse or a credit}',
  searchHint: 'Card number',
  states: { owing: 'Owing', 'with-purse': 'With money' },
  card: 'Card',
  purse: 'Purse',
  owed: 'Owed',
  limit: 'Credit limit',
  held: 'Held',
  updated: 'Last change',
  empty: 'No card has an account yet',
  emptyDetail: 'A card has one from its first top-up at the till on, or once a limit is set for it here.',
  heldNote: 'Held: promised to a till whose entry has not arrived yet.',
  form: 'Credit limit of a card',
  number: 'Card number',
  newLimit: 'Limit, 0 for no credit',
  set: 'Set the limit',
  done: 'Limit of card {cardNumber}: {limitMinor}.',
  badNumber: 'That is not a card number. Copy the ten digits on the card.',
  badAmount: 'Type an amount, for example 10000, or 0.',
};
