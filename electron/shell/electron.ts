import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  Menu,
  MenuItemConstructorOptions,
  MessageChannelMain,
  Protocol,
  SafeStorage,
  Session,
  Shell,
  Tray,
  UtilityProcess,
  WebContents,
} from 'electron';

export type AppWindow = Pick<
  BrowserWindow,
  'on' | 'once' | 'show' | 'hide' | 'focus' | 'restore' | 'isMinimized' | 'loadURL'
> & {
  webContents: Pick<WebContents, 'id'>;
};

/** Any contents of the app, a window's or another's. */
export type AppContents = Pick<WebContents, 'on' | 'setWindowOpenHandler' | 'reload' | 'isDestroyed'>;

export type ServiceChild = Pick<UtilityProcess, 'on' | 'postMessage' | 'kill'>;

/**
 * As much of Electron as the shell uses, by Electron's own types. The shell is handed it, so that its wiring runs
 * under test where Electron's binary is not.
 */
export interface ShellElectron {
  app: Pick<
    App,
    | 'requestSingleInstanceLock'
    | 'enableSandbox'
    | 'whenReady'
    | 'on'
    | 'quit'
    | 'exit'
    | 'getPath'
    | 'getLocale'
    | 'isPackaged'
  >;
  BrowserWindow: new (options: BrowserWindowConstructorOptions) => AppWindow;
  MessageChannelMain: new () => MessageChannelMain;
  Tray: new (icon: string) => Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on'>;
  Menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu | null): void;
  };
  dialog: Pick<Dialog, 'showErrorBox'>;
  ipcMain: Pick<IpcMain, 'on'>;
  protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  session: { defaultSession: AppSession };
  shell: Pick<Shell, 'openExternal'>;
  utilityProcess: {
    fork(file: string, args: string[], options: { serviceName: string; stdio: 'inherit' }): ServiceChild;
  };
}

export type AppSession = Pick<
  Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'on'
>;
