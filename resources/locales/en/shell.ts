import type { shell as french } from '../fr/shell.ts';

export const shell: Record<keyof typeof french, string> = {
  open: 'Open Comptoir',
  quit: 'Quit Comptoir',
  serviceFailed: 'Comptoir cannot start',
};
