/** F1: the keys of the screen that stands. */
export const help = {
  title: 'Touches du clavier',
  here: 'Sur cet écran',
  everywhere: 'Partout',
  reverse: 'Contre-passer une opération',
  devices: 'État des appareils',
  staff: 'Changer de personne à la caisse',
  close: 'Fermer',
};
