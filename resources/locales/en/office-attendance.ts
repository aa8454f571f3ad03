import type { officeAttendance as french } from '../fr/office-attendance.ts';

/** The office's page of when staff came and went. */
export const officeAttendance: typeof french = {
  nav: 'Attendance',
  title: 'Attendance',
  subtitle: '{count} {count|clocking|clockings}',
  searchHint: 'Name or code',
  when: 'Time',
  name: 'Name',
  direction: 'Direction',
  directions: { in: 'In', out: 'Out' },
  by: 'By',
  means: { pin: 'PIN', badge: 'badge', card: 'card' },
  till: 'Till',
  received: 'Received',
  empty: 'Nobody has clocked in yet',
  emptyDetail: 'Who comes and goes, clocked at the tills, appears here. The time is the till’s.',
};
