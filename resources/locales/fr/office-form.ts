/** What the office's forms say beside a field: what cannot be read there, what cannot be meant. */
export const officeForm = {
  faults: {
    'number-missing': 'Un nombre manque ici.',
    'number-not-whole': 'Écrivez un nombre entier.',
    'number-out-of-bounds': 'Écrivez un nombre de {min} à {max}.',
    'factor-invalid': 'Écrivez 1,5 ou 2, par exemple ; 10 au plus.',
    'weekdays-missing': 'Choisissez au moins un jour.',
    'time-missing': 'Choisissez les deux heures.',
    'text-missing': 'Un nom manque ici.',
    'other-currency': 'La boutique compte en {expected}, ces règles en {found}.',
    'other-programme': 'Ces règles sont d’un autre programme : {id}.',
    'name-missing': 'Un nom manque, en français ou en anglais.',
    'step-not-ascending': 'Ce palier doit commencer plus haut que le précédent.',
    'step-lowers':
      'À {fromAmountMinor}, ce palier donnerait {points} {points|point|points} ; sans lui le client en a {usual}.',
    'multiplier-lowers': 'Une heure plus généreuse ne peut pas donner moins que d’habitude.',
    'multipliers-overlap': 'Ces heures recouvrent les heures {other}. Séparez-les.',
    'hours-reversed': 'La fin vient avant le début. Pour passer minuit, faites deux lignes.',
    'dates-reversed': 'La fin vient avant le début.',
    'gift-repeated': 'Ce cadeau est déjà dans la liste.',
    'points-out-of-reach': 'Aucune carte ne peut dépenser autant : {maxPoints} points au plus.',
    'money-out-of-reach':
      'Personne ne pourrait en profiter : une opération en dépense {maxPoints} au plus, il en faudrait {minimumPoints}.',
    'expiry-zero': 'Au bout de 0 mois tout serait perdu aussitôt. Laissez vide, ou écrivez au moins 1.',
    'not-json': 'Ce fichier n’est pas un programme.',
    shape: 'Cette règle n’est pas comprise.',
    'amount-decimals': '{text} a trop de décimales pour cette monnaie.',
    'amount-not-a-number': 'Écrivez un montant.',
    'amount-out-of-bounds': 'Ce montant est hors des limites.',
  },
};
