/** The office's page of when staff came and went. */
export const officeAttendance = {
  nav: 'Pointages',
  title: 'Pointages',
  subtitle: '{count} {count|pointage|pointages}',
  searchHint: 'Nom ou code',
  when: 'Heure',
  name: 'Nom',
  direction: 'Sens',
  directions: { in: 'Arrivée', out: 'Départ' },
  by: 'Par',
  means: { pin: 'code', badge: 'badge', card: 'carte' },
  till: 'Caisse',
  received: 'Reçu',
  empty: 'Personne n’a encore pointé',
  emptyDetail: 'Les arrivées et départs pointés aux caisses apparaissent ici. L’heure est celle de la caisse.',
};
