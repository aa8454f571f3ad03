import type { approval as french } from '../fr/till-approval.ts';

export const approval: typeof french = {
  title: 'A manager’s approval',
  who: 'Someone who holds the right types their PIN, or scans their badge.',
  allow: 'Approve',
  cancel: 'Give up',
  acts: {
    sale: 'Sell',
    spend: 'Spend points',
    reversal: 'Reverse an operation',
    reprint: 'Print a ticket again',
    issue: 'Issue a card',
    block: 'Block or unblock a card',
    replace: 'Replace a card',
    pin: 'Change or unblock a customer’s PIN',
    account: 'A card’s purse and credit',
    'purse-refund': 'Hand back a purse’s money in cash',
    'open-day': 'Open the day',
    'look-day': 'See the day’s totals',
    close: 'Close the day',
    drawer: 'Open the drawer',
    'cash-movement': 'Put cash in or take it out',
    devices: 'Change the till’s devices',
  },
};
