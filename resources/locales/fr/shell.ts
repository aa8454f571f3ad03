/** What Electron's main process itself says: the tray, and a service that cannot start. */
export const shell = {
  open: 'Ouvrir Comptoir',
  quit: 'Quitter Comptoir',
  serviceFailed: 'Comptoir ne peut pas démarrer',
} as const;
