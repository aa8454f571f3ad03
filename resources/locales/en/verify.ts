/** The page that checks a ticket without a network. */
export const verify = {
  title: 'Check a ticket',
  other: 'Français',
  verdicts: {
    authentic: { word: 'Authentic', detail: 'A till of this network wrote exactly this.' },
    copy: { word: 'Authentic copy', detail: 'Duplicate no. {copy}: the ticket was printed before.' },
    training: { word: 'Training', detail: 'A FACTICE ticket: it is worth nothing.' },
    altered: { word: 'Altered', detail: 'This is not what a till wrote. Do not accept this ticket.' },
    unreadable: {
      word: 'Code not readable',
      detail:
        'This is not the whole code of a ticket. Scan the square at the foot of the ticket again, flat and entire. Until it is read, nothing is checked.',
    },
    'unknown-key': {
      word: 'Unknown key',
      detail: 'This ticket is another network’s, or this page is too old. Open it once online.',
    },
    none: { word: 'Scan a ticket', detail: 'Point the camera at the square at the foot of the ticket.' },
    'no-crypto': {
      word: 'Open over https',
      detail: 'This browser can check nothing here: it takes https, or the downloaded page.',
    },
  },
  facts: {
    shop: 'Shop',
    shopNumber: 'no. {number}',
    operation: 'What',
    date: 'Date on the ticket',
    ticket: 'Ticket',
    amount: 'Amount',
    points: 'Points',
    balance: 'New balance',
    card: 'Card',
    cardEnding: 'ends with {digits}',
    till: 'Key of the till',
  },
  operations: { sale: 'Purchase', spend: 'Points spent', reversal: 'Reversal' },
  dateDoubtful: 'The till’s clock was wrong: do not rely on this date. The rest is certain.',
  compare: 'Compare with the paper: every figure must be the same.',
  paste: 'Or paste the code’s text here',
  check: 'Check',
  offline: 'This page works without a network, once opened.',
  download: 'Download it',
};
