import path from 'node:path';
import { describeError } from '#resources/locales/describe.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { Doors } from './doors.ts';
import type { AppWindow, ShellElectron } from './electron.ts';
import { hardenContents, hardenSession, reloadAfterCrash } from './harden.ts';
import { serviceArguments } from './policy/service-arguments.ts';
import { ServiceProcess, type ServiceProcessOptions } from './service-process.ts';
import { openTillWindow, showWindow } from './till-window.ts';
import { makeTray } from './tray.ts';
import { languageOf, shellWords } from './words.ts';

export interface ShellOptions extends Pick<ServiceProcessOptions, 'platform' | 'monotonicMs' | 'schedule'> {
  /** The folder of all bundles: `service`, `preload`, `renderer`, `icons`. Absolute. */
  bundles: string;
  argv: readonly string[];
}

/**
 * Starts the desktop app: one instance, one window, the resident service, the tray.
 *
 * @returns what resolves when the window has been opened, or at once where another instance runs already
 */
export async function startShell(electron: ShellElectron, options: ShellOptions): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerAppScheme(electron.protocol);

  let externalOrigins: readonly string[] = [];
  let window: AppWindow | undefined;
  let quitting = false;
  app.on('web-contents-created', (_event, contents) => {
    hardenContents(contents, electron.shell, () => externalOrigins);
    reloadAfterCrash(contents, options.schedule);
  });
  const show = () => window !== undefined && showWindow(window);
  app.on('second-instance', show);
  app.on('activate', show);
  // Without a listener Electron quits when its last window has gone; the service is resident.
  app.on('window-all-closed', () => {});

  await app.whenReady();
  const language = languageOf(app.getLocale());
  const words = shellWords[language];
  const service = new ServiceProcess(electron, {
    ...options,
    file: path.join(options.bundles, 'service/main.js'),
    args: serviceArguments(options.argv, app.getPath('userData')),
    onReady: (origins) => {
      externalOrigins = origins;
      doors.giveToAll();
    },
    onRefused: (error) => {
      const { message, remedy } = describeError(language, error);
      electron.dialog.showErrorBox(words.serviceFailed, `${message}\n${remedy}`);
      app.quit();
    },
  });
  const doors = new Doors(electron, service);
  app.on('before-quit', (event) => {
    if (quitting) return;
    quitting = true;
    event.preventDefault();
    void service.stop().then(() => app.quit());
  });

  hardenSession(electron.session.defaultSession);
  serveApp(electron.protocol, path.join(options.bundles, 'renderer'));
  electron.Menu.setApplicationMenu(null);
  doors.listen();
  service.start();
  window = openTillWindow(electron, path.join(options.bundles, 'preload/till.cjs'), () => quitting);
  makeTray(electron, path.join(options.bundles, 'icons/tray.png'), words, { open: show, quit: () => app.quit() });
}
