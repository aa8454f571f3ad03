import type { ErrorWords } from '../words.ts';

/** Refusals that a card brings, or the state it is in. */
export const cardsErrors = {
  CardNotOurs: {
    title: 'Ce n’est pas une carte de fidélité',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Demandez au client sa carte de fidélité.',
  },
  CardOfAnotherNetwork: {
    title: 'Cette carte est celle d’un autre réseau',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Demandez au client sa carte de votre réseau.',
  },
  CardNotPrepared: {
    title: 'Cette carte est vierge',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Prenez une carte préparée par le réseau.',
  },
  CardNewInShop: {
    title: 'Cette carte n’est pas encore ouverte dans votre boutique',
    state: 'Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Servez le client sans points. Le réseau ouvre la carte pour votre boutique.',
  },
  CardBlocked: {
    title: 'Cette carte est bloquée',
    state: 'Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Rendez-la au client. Le réseau peut lui en dire la raison.',
  },
  CardReplaced: {
    title: 'Cette carte est remplacée[ par {byCardNumber}]',
    state: 'Rien n’a été pris ni ajouté.[ Carte {cardNumber}.] Tout ce qu’elle portait est sur la nouvelle.',
    remedy: 'Servez le client avec la nouvelle carte[, {byCardNumber}].',
  },
  CardKeysChanged: {
    title: 'Cette carte ne répond plus aux clés de votre boutique',
    state: 'Rien n’a été écrit dessus, rien n’a été ajouté.',
    remedy: 'Essayez une fois encore. Si ce message revient, la carte est à remplacer.',
  },
  CardChanged: {
    title: 'Une autre carte a pris la place de la première',
    state: 'Rien n’a été écrit sur la seconde.[ Première carte : {cardNumber}.]',
    remedy: 'Reposez la première carte.',
  },
  CardRemoved: {
    title: 'Carte retirée trop tôt',
    state: 'Rien n’a été débité ni ajouté.',
    remedy: 'Recommencez, et laissez la carte jusqu’au bip.',
  },
  CardFault: {
    title: 'La carte répond mal',
    state: 'Rien n’a été ajouté.',
    remedy: 'Reposez-la bien à plat. Si ce message revient, la carte est à remplacer.',
  },
  CardQuarantined: {
    title: 'Cette carte attend une vérification',
    state: 'Son contenu et le journal diffèrent. Rien n’a été ajouté.[ Carte {cardNumber}.]',
    remedy: 'Prévenez un responsable : il compare les deux.',
  },
  CardFull: {
    title: 'Cette carte est pleine',
    state: 'Elle ne peut pas recevoir votre boutique. Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Remplacez-la par une carte neuve : les soldes suivent.',
  },
  CardOfOlderLayout: {
    title: 'Cette carte est d’un ancien modèle',
    state: 'Elle ne sait pas vérifier un code sans réseau. Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Recommencez avec le réseau, ou remplacez la carte.',
  },
  CardOfTraining: {
    title: 'Carte de formation',
    state: 'Rien n’a été enregistré.',
    remedy: 'Les cartes de formation ne servent qu’en mode formation, et les vraies qu’en dehors.',
  },
  CardNotReplaceable: {
    title: 'Cette carte ne peut pas être remplacée ainsi',
    state: 'Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy:
      'Vérifiez les deux numéros : l’ancienne doit exister, la nouvelle être active. Une carte déjà remplacée reste hors service.',
  },
  CardNumberUnknown: {
    title: 'Aucune carte du réseau ne porte ce numéro',
    state: 'Rien n’a été changé.[ Carte {cardNumber}.]',
    remedy: 'Relisez le numéro imprimé sur la carte.',
  },
  CardNumberInvalid: {
    title: 'Ce numéro de carte est mal tapé',
    state: 'Rien n’a été changé.',
    remedy: 'Tapez les dix chiffres imprimés sur la carte.',
  },
  CardNumberTaken: {
    title: 'Ce numéro est celui d’une autre carte',
    state: 'Rien n’a été changé.[ Numéro {cardNumber}.]',
    remedy: 'Tapez le numéro imprimé sur cette carte même.',
  },
  CardNotBlank: {
    title: 'Cette carte a déjà un numéro',
    state: 'Rien n’a été changé.[ Son numéro : {cardNumber}.]',
    remedy: 'Délivrez-la sans taper de numéro, ou prenez une carte vierge.',
  },
  NoCardsInStock: {
    title: 'Plus de numéros de carte pour votre boutique',
    state: 'Rien n’a été changé.',
    remedy: 'Commandez un lot de cartes au réseau.',
  },
  CardTorn: {
    title: 'Carte retirée trop tôt',
    state: 'La vente est gardée.[ Carte {cardNumber}.]',
    remedy: 'Reposez la même carte. Sinon elle est mise à jour à son prochain passage.',
  },
} satisfies Partial<ErrorWords>;
