import type { training as french } from '../fr/till-training.ts';

export const training: typeof french = {
  banner: 'Training',
  bannerDetail: 'Nothing counts here: till, cards and tickets are not real.',
  enter: 'Practise',
  signOutAndEnter: 'Leave the till and practise',
  finishFirst: 'Practise, after this sale',
  question: 'Give up the sale in progress?',
  saleGone: 'What was typed is erased.',
  signedOut: 'The till stays closed until the next PIN.',
  keepSale: 'Keep the sale',
  giveUp: 'Give up and practise',
  entering: 'One moment…',
  leave: 'Leave training',
};
