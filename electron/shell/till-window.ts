import type { AppWindow, ShellElectron } from './electron.ts';
import { tillUrl } from './policy/addresses.ts';
import { windowPreferences } from './policy/window-preferences.ts';

/** The till's window. Closing it hides it: the service stays resident, and the window comes back at once. */
export function openTillWindow(
  electron: Pick<ShellElectron, 'BrowserWindow' | 'app'>,
  preload: string,
  isQuitting: () => boolean,
): AppWindow {
  const window = new electron.BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 800,
    minHeight: 600,
    show: false,
    autoHideMenuBar: true,
    // The till's own ground, so that nothing white flashes before the first picture.
    backgroundColor: '#E6EBEB',
    webPreferences: windowPreferences(preload, electron.app.isPackaged),
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    if (isQuitting()) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL(tillUrl);
  return window;
}

/** Brings the window to the front, from the tray, from hiding or from being minimised. */
export function showWindow(window: AppWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
