import type { AppContents, AppSession, ShellElectron } from './electron.ts';
import { externalLink, isAllowedNavigation } from './policy/addresses.ts';

/**
 * Denies every permission of the web platform to the session's pages. The screens need none: devices are the service's.
 * Downloads are denied too; files are written by the service, where the person chose.
 */
export function hardenSession(session: AppSession): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
  session.on('will-download', (event) => event.preventDefault());
}

/**
 * Keeps contents on the app's own pages: no navigation away, no window, no embedded page. A link that the network's
 * server may show is opened in the system's browser.
 *
 * @param externalOrigins asked at each click, for the service names them only when it is ready
 */
export function hardenContents(
  contents: AppContents,
  shell: ShellElectron['shell'],
  externalOrigins: () => readonly string[],
): void {
  contents.on('will-frame-navigate', (event) => {
    if (!isAllowedNavigation(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isAllowedNavigation(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const link = externalLink(url, externalOrigins());
    if (link !== undefined) void shell.openExternal(link);
    return { action: 'deny' };
  });
}

const reloadDelayMs = 1_000;

/** A page whose process died comes back by itself; the sale it showed is the service's and goes on. */
export function reloadAfterCrash(contents: AppContents, schedule: (delayMs: number, run: () => void) => void): void {
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    schedule(reloadDelayMs, () => {
      if (!contents.isDestroyed()) contents.reload();
    });
  });
}
