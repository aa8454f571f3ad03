import type { Act } from '#contract/till/permissions.ts';

/** Somebody else allows one act on the spot. */
export const approval = {
  title: 'Accord d’un responsable',
  who: 'Une personne qui en a le droit tape son code, ou passe son badge.',
  allow: 'Donner l’accord',
  cancel: 'Renoncer',
  acts: {
    sale: 'Vendre',
    spend: 'Dépenser des points',
    reversal: 'Contre-passer une opération',
    reprint: 'Réimprimer un ticket',
    issue: 'Remettre une carte',
    block: 'Bloquer ou débloquer une carte',
    replace: 'Remplacer une carte',
    pin: 'Changer ou débloquer le code d’un client',
    account: 'Porte-monnaie et crédit d’une carte',
    'purse-refund': 'Rendre en espèces l’argent d’un porte-monnaie',
    'open-day': 'Ouvrir la journée',
    'look-day': 'Voir les totaux du jour',
    close: 'Clore la journée',
    drawer: 'Ouvrir le tiroir',
    'cash-movement': 'Mettre ou prendre des espèces',
    devices: 'Changer les appareils de la caisse',
  } satisfies Record<Act, string>,
};
