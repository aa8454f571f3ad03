/** The office's page of how the counters behave. A `{name}` between words may be a field. */
export const officeSettings = {
  nav: 'Réglages',
  title: 'Réglages des caisses',
  begun: 'Réglages d’origine : personne ne les a encore changés.',
  changed: 'Changés par {by} : {when}',
  network: 'le réseau',
  lookOnly: 'Votre rôle permet de lire ces réglages, pas de les changer.',
  loading: 'Chargement…',
  pin: {
    title: 'Code du client',
    above: 'Au-dessus de {amount} {unit}, un achat demande le code du client, s’il en a un.',
    aboveHint: 'Laissez vide pour ne jamais le demander à l’achat.',
    required:
      'Au-dessus de {points} points à la fois, une dépense demande un code, même à une carte qui n’en a pas encore.',
    requiredHint: 'Laissez vide pour ne l’exiger que des cartes qui en ont un.',
  },
  offline: {
    title: 'Sans réseau',
    cap: 'Une caisse sans réseau laisse dépenser {points} points au plus en une fois.',
    capHint:
      'C’est ce que la boutique risque si deux caisses coupées dépensent les mêmes points. 0 : aucune dépense sans réseau.',
  },
  counter: {
    title: 'À la caisse',
    idle: 'Après {minutes} minutes sans personne, la caisse redemande qui est là.',
    idleHint: 'Laissez vide pour ne jamais se verrouiller. Une demi-minute s’écrit 0,5.',
    blind: 'Compter le tiroir avant de voir la somme attendue',
  },
  approval: {
    title: 'Ce qu’un caissier ne fait pas seul',
    hint: 'Pour ce qui est coché, un responsable donne son code sur place.',
    acts: {
      reversal: 'contre-passer une vente',
      drawer: 'ouvrir le tiroir sans vente',
      block: 'bloquer une carte',
      replace: 'remplacer une carte',
      pin: 'changer ou débloquer un code client',
      'cash-movement': 'mettre ou prendre des espèces',
      close: 'clôturer la journée',
    },
    small: 'Une contre-passation de {amount} {unit} au plus se fait sans responsable.',
  },
  fields: { amount: 'Montant, en {unit}', points: 'Points', minutes: 'Minutes' },
  save: 'Enregistrer les réglages',
  saving: 'Enregistrement…',
  saved: 'Réglages enregistrés. Les caisses les ont à leur prochain échange avec le serveur.',
  nothing: 'Aucun changement',
  overtaken: 'Quelqu’un a changé ces réglages entre-temps. La page montre les siens ; refaites les vôtres.',
};
