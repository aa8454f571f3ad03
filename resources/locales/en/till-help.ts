import type { help as french } from '../fr/till-help.ts';

export const help: typeof french = {
  title: 'Keys',
  here: 'On this screen',
  everywhere: 'Everywhere',
  reverse: 'Reverse an operation',
  devices: 'State of the devices',
  staff: 'Change the person at the till',
  close: 'Close',
};
