/** The training till: a till of its own, where nothing counts. */
export const training = {
  banner: 'Formation',
  bannerDetail: 'Rien ne compte ici : caisse, cartes et tickets sont factices.',
  enter: 'S’entraîner',
  signOutAndEnter: 'Quitter la caisse et s’entraîner',
  finishFirst: 'S’entraîner, après cette vente',
  question: 'Abandonner la vente en cours ?',
  saleGone: 'Ce qui est tapé est effacé.',
  signedOut: 'La caisse reste fermée jusqu’au prochain code.',
  keepSale: 'Garder la vente',
  giveUp: 'Abandonner et s’entraîner',
  entering: 'Un instant…',
  leave: 'Quitter la formation',
};
