import type { ErrorWords } from '../words.ts';

/** Refusals of who is at the till, of sums, of operations and of the day. */
export const counterErrors = {
  NotSignedIn: {
    title: 'Personne n’est à la caisse',
    state: 'Rien n’a été enregistré.',
    remedy: 'Choisissez votre nom et tapez votre code.',
  },
  PurseTooLow: {
    title: 'Le porte-monnaie ne suffit pas',
    state: 'Rien n’a été pris.[ Il contient {balanceMinor}, il manque {missingMinor}.]',
    remedy: 'Rechargez la carte, ou prenez un montant plus petit.',
  },
  CreditLimit: {
    title: 'Le plafond de crédit est dépassé',
    state: 'Rien n’a été porté au compte.[ Plafond {limitMinor}, déjà dû {owedMinor}.]',
    remedy: 'Encaissez un remboursement, ou demandez au responsable de relever le plafond au bureau.',
  },
  MoreThanOwed: {
    title: 'Le montant dépasse ce qui est dû',
    state: 'Rien n’a été encaissé.[ La carte doit {owedMinor}.]',
    remedy: 'Encaissez ce qui est dû, ou moins.',
  },
  NotAllowed: {
    title: 'Votre rôle ne permet pas cette opération',
    state: 'Rien n’a été enregistré.',
    remedy: 'Appelez un responsable : il peut la faire à son nom.',
  },
  SignInRefused: {
    title: 'Nom ou code refusé',
    state: 'Rien n’a été fait.[ Il reste {remaining} {remaining|essai|essais}.]',
    remedy: 'Retapez votre code, ou demandez-en un nouveau à un responsable.',
  },
  SignInThrottled: {
    title: 'Trop d’essais pour ce nom',
    state: 'La saisie du code est suspendue.',
    remedy: 'Attendez[ {waitMs}], puis retapez votre code. Un autre nom peut ouvrir la caisse.',
  },
  NotEnrolled: {
    title: 'Ce poste n’est pas encore une caisse',
    state: 'Aucune vente n’est possible ici.',
    remedy: 'Demandez un code d’enrôlement au responsable, puis lancez « comptoir enrol ».',
  },
  InvalidRequest: {
    title: 'La demande est incomplète[ : {what}]',
    state: 'Rien n’a été fait.',
    remedy: 'Recommencez. Si ce message revient, transmettez-le à l’assistance.',
  },
  AmountNotANumber: {
    title: 'Ce n’est pas un montant[ : « {text} »]',
    state: 'Rien n’a été enregistré.',
    remedy: 'Tapez des chiffres, par exemple 1250.',
  },
  AmountDecimals: {
    title: 'Trop de décimales pour cette monnaie[ : « {text} »]',
    state: 'Rien n’a été enregistré.',
    remedy: '[Décimales dans cette monnaie : {exponent}. ]Retapez le montant.',
  },
  AmountZero: {
    title: 'Le montant est zéro',
    state: 'Rien n’a été enregistré.',
    remedy: 'Tapez le montant de l’achat.',
  },
  AmountTooLarge: {
    title: 'Montant trop grand pour une seule opération',
    state: 'Rien n’a été enregistré.',
    remedy: 'Vérifiez le montant.[ Le plus grand accepté est {maxAmountMinor}.]',
  },
  IntentionReused: {
    title: 'Cette opération existe déjà, avec un autre contenu',
    state: 'La première est gardée. La seconde n’a rien changé.',
    remedy: 'Regardez le journal, puis commencez une nouvelle vente.',
  },
  SaleInProgress: {
    title: 'Une autre vente est en cours sur cette caisse',
    state: 'Celle-ci n’a pas commencé.',
    remedy: 'Terminez ou annulez la première, puis recommencez.',
  },
  EntryNotFound: {
    title: 'Cette opération n’est pas dans le journal de cette caisse',
    state: 'Rien n’a été imprimé ni changé.',
    remedy: 'Cherchez-la dans la liste du journal, ou sur la caisse qui l’a faite.',
  },
  AlreadyReversed: {
    title: 'Cette opération est déjà contre-passée[ par le ticket {ticketNumber}]',
    state: 'Il n’en reste rien à rendre.',
    remedy: 'Regardez le journal. Pour une erreur sur la contre-passation, faites une nouvelle vente.',
  },
  NotReversible: {
    title: 'Cette écriture ne se contre-passe pas',
    state: 'Rien n’a été changé.',
    remedy: 'Choisissez une vente ou une dépense de points dans le journal.',
  },
  NotEnoughPoints: {
    title: 'Pas assez de points',
    state: 'Rien n’a été pris.[ Solde : {balance}.][ Il manque {missing}.]',
    remedy: 'Proposez un autre cadeau, ou gardez les points.',
  },
  GiftUnknown: {
    title: 'Ce cadeau n’est pas au programme[ : {gift}]',
    state: 'Rien n’a été pris.',
    remedy: 'Choisissez un cadeau de la liste.',
  },
  NoMoneyForPoints: {
    title: 'Le programme ne change pas les points en argent',
    state: 'Rien n’a été pris.[ Le minimum est de {minimumPoints} points.]',
    remedy: 'Proposez un cadeau, ou voyez le programme avec un responsable.',
  },
  OfflineCapExceeded: {
    title: 'Trop de points pour une dépense sans réseau',
    state: 'Rien n’a été pris.[ Le plafond est de {capPoints} points.]',
    remedy: 'Proposez moins de points, ou recommencez quand le réseau est revenu.',
  },
  PinRequired: {
    title: 'Cette carte a un code',
    state: 'Rien n’a été pris.',
    remedy: 'Le client tape son code, puis repose la carte.',
  },
  PinWrong: {
    title: 'Code de la carte refusé',
    state: 'Rien n’a été pris.[ Il reste {triesLeft} {triesLeft|essai|essais}.]',
    // `unlinked` is 1 where the card alone judged it.
    remedy:
      'Le client retape son code.[ {unlinked|S’il l’a changé sur sa page, il sert ici dès que la caisse est reliée.|}] Un responsable peut en donner un nouveau.',
  },
  PinBlocked: {
    title: 'Le code de cette carte est bloqué',
    state: 'Rien n’a été pris. Les points restent sur la carte.',
    remedy:
      'Un responsable débloque le code, le client présent.[ {unlinked|Changé sur la page du client, il sert ici dès que la caisse est reliée.|}]',
  },
  PinBehind: {
    title: 'La carte ne connaît pas encore son code',
    state: 'Rien n’a été pris. Le client l’a changé sur sa page, ou son changement ici n’a pas abouti.',
    remedy: 'Recommencez dès que la caisse est reliée : la carte l’apprend alors.',
  },
  ApprovalRequired: {
    title: 'Un responsable doit donner son accord',
    state: 'Rien n’a été fait.',
    remedy: 'Le responsable tape son code, ou passe son badge.',
  },
  DayAlreadyOpen: {
    title: 'La journée est déjà ouverte',
    state: 'Son fond de caisse est enregistré. Rien n’a changé.',
    remedy: 'Pour ajouter ou retirer des espèces, enregistrez un mouvement.',
  },
  NothingToClose: {
    title: 'Rien à clore depuis le dernier Z',
    state: 'Aucun Z n’a été fait.',
    remedy: 'Le prochain se fera après une première opération.',
  },
  CountDiffers: {
    title: 'Le tiroir ne correspond pas[ : {differenceMinor} d’écart]',
    state: 'La journée n’est pas close.[ Attendu {expectedMinor}, compté {countedMinor}.]',
    remedy: 'Recomptez, ou donnez la raison de l’écart.',
  },
  NeedsLink: {
    title: 'Cette opération demande le réseau',
    state: 'Rien n’a été fait.',
    remedy: 'Recommencez quand le réseau est revenu. Les ventes continuent.',
  },
  NoCardInTime: {
    title: 'Aucune carte n’est venue',
    state: 'Rien n’a été enregistré.',
    remedy: 'Recommencez, puis posez la carte sur le lecteur.',
  },
  Cancelled: {
    title: 'Vente annulée',
    state: 'Rien n’a été enregistré, aucune carte n’a changé.',
    remedy: 'Tapez un montant pour la vente suivante.',
  },
} satisfies Partial<ErrorWords>;
