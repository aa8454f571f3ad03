import type { ShellElectron } from './electron.ts';
import type { ShellWords } from './words.ts';

/** The sign that the service is there while its window is closed, and the way to really end it. */
export function makeTray(
  electron: Pick<ShellElectron, 'Tray' | 'Menu'>,
  icon: string,
  words: ShellWords,
  act: { open: () => void; quit: () => void },
): InstanceType<ShellElectron['Tray']> {
  const tray = new electron.Tray(icon);
  tray.setToolTip('Comptoir');
  tray.setContextMenu(
    electron.Menu.buildFromTemplate([
      { label: words.open, click: act.open },
      { type: 'separator' },
      { label: words.quit, click: act.quit },
    ]),
  );
  tray.on('click', act.open);
  return tray;
}
