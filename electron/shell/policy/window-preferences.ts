import type { WebPreferences } from 'electron';

/**
 * What every window of the app is made with. Most of these are Electron's defaults today; they are said again so that
 * a change of defaults, or of this file, is seen by its test.
 *
 * @param preload the bridge's file, absolute
 * @param isPackaged true on a till: no developer tools there
 */
export function windowPreferences(preload: string, isPackaged: boolean) {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    spellcheck: false,
    // A sale goes on while the window lies behind another.
    backgroundThrottling: false,
    devTools: !isPackaged,
  } satisfies WebPreferences;
}
