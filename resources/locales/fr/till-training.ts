/** The training till: a till of its own, where nothing counts. */
export const training = {
  banner: 'Formation',
  bannerDetail: 'Rien ne compte ici : caisse, cartes et tickets sont factices.',
  enter: 'S’entraîner',
  entering: 'Un instant…',
  leave: 'Quitter la formation',
};
