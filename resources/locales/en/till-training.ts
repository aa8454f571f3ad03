import type { training as french } from '../fr/till-training.ts';

export const training: typeof french = {
  banner: 'Training',
  bannerDetail: 'Nothing counts here: till, cards and tickets are not real.',
  enter: 'Practise',
  entering: 'One moment…',
  leave: 'Leave training',
};
