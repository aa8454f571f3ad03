import type { attendance as french } from '../fr/till-attendance.ts';

/** Coming and going, clocked at the till. */
export const attendance: typeof french = {
  rail: 'Attendance',
  title: 'Attendance',
  note: 'Your name and your PIN, your badge or your card.',
  direction: 'Direction',
  directions: { in: 'In', out: 'Out' },
  clock: 'Clock',
  card: 'Card',
  today: 'List',
  back: 'Back',
  cancel: 'Cancel',
  present: 'Present your card',
  presentDetail: 'The one that the shop gave you. Put it on the reader.',
  clocked: { in: 'Clocked in', out: 'Clocked out' },
  clockedDetail: '{name}, {time}',
  another: 'Clock another',
  list: 'Clocked today at this till',
  none: 'Nobody has clocked here today yet.',
  time: 'Time',
  name: 'Name',
  by: 'By',
  means: { pin: 'PIN', badge: 'badge', card: 'card' },
};
