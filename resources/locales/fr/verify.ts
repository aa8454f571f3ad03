/** The page that checks a ticket without a network. */
export const verify = {
  title: 'Vérifier un ticket',
  other: 'English',
  verdicts: {
    authentic: { word: 'Authentique', detail: 'Une caisse de ce réseau a écrit exactement ceci.' },
    copy: { word: 'Copie authentique', detail: 'Duplicata n° {copy} : le ticket a déjà été imprimé avant.' },
    training: { word: 'Factice', detail: 'Ticket d’exercice : il ne vaut rien.' },
    altered: {
      word: 'Falsifié',
      detail: 'Ce n’est pas ce qu’une caisse a écrit. N’acceptez pas ce ticket.',
    },
    unreadable: {
      word: 'Code illisible',
      detail:
        'Ce n’est pas le code entier d’un ticket. Scannez encore le carré au bas du ticket, bien à plat et en entier. Tant qu’il n’est pas lu, rien n’est vérifié.',
    },
    'unknown-key': {
      word: 'Clé inconnue',
      detail: 'Ce ticket vient d’un autre réseau, ou cette page est trop ancienne. Ouvrez-la une fois en ligne.',
    },
    none: { word: 'Scannez un ticket', detail: 'Avec l’appareil photo, visez le carré au bas du ticket.' },
    'no-crypto': {
      word: 'Ouvrez en https',
      detail: 'Ce navigateur ne vérifie rien ici : il faut https, ou la page téléchargée.',
    },
  },
  facts: {
    shop: 'Commerce',
    shopNumber: 'n° {number}',
    operation: 'Nature',
    date: 'Date sur le ticket',
    ticket: 'Ticket',
    amount: 'Montant',
    points: 'Points',
    balance: 'Nouveau solde',
    purse: 'Porte-monnaie après',
    credit: 'Reste dû après',
    card: 'Carte',
    cardEnding: 'finit par {digits}',
    till: 'Clé de la caisse',
  },
  operations: {
    sale: 'Achat',
    spend: 'Points dépensés',
    reversal: 'Contre-passation',
    'top-up': 'Recharge du porte-monnaie',
    pay: 'Payé par porte-monnaie',
    refund: 'Porte-monnaie remboursé',
    draw: 'Achat à crédit',
    repay: 'Crédit remboursé',
  },
  dateDoubtful: 'L’horloge de la caisse était fausse : ne vous fiez pas à cette date. Le reste est sûr.',
  compare: 'Comparez avec le papier : chaque chiffre doit être le même.',
  paste: 'Ou collez ici le texte du code',
  check: 'Vérifier',
  offline: 'Cette page marche sans réseau, une fois ouverte.',
  download: 'La télécharger',
};
