import type { Sale } from '../sale/sale.ts';

/**
 * What a sale asks of who wants to practise. `finish`: a card may hold it already, so it is brought to its end first.
 * `ask`: what was typed is given up, by a person's word. `none`: nothing is under way.
 */
export function beforeTraining(sale: Sale): 'none' | 'ask' | 'finish' {
  switch (sale.stage) {
    case 'waiting':
    case 'interrupted':
      return 'finish';
    case 'amount':
      return sale.entry.digits === '' ? 'none' : 'ask';
    case 'pin':
    case 'refused':
      return 'ask';
    case 'result':
      return 'none';
  }
}
