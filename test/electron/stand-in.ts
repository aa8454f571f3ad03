import type { ShellElectron } from '#electron/shell/electron.ts';
import { Emitter, StandInChild, StandInSession, StandInWindow } from './stand-in-parts.ts';

export interface StandInOptions {
  firstInstance?: boolean;
  locale?: string;
  storageBackend?: ReturnType<ShellElectron['safeStorage']['getSelectedStorageBackend']>;
}

/** Electron as the shell sees it, held by Electron's own types; it does nothing but remember what it was told. */
export function standInElectron({
  firstInstance = true,
  locale = 'fr-FR',
  storageBackend = 'gnome_libsecret',
}: StandInOptions = {}) {
  const calls: string[] = [];
  const windows: StandInWindow[] = [];
  const children: StandInChild[] = [];
  const opened: string[] = [];
  const errorBoxes: string[] = [];
  const trays: { icon: string; emitter: Emitter; menu: Electron.MenuItemConstructorOptions[] }[] = [];
  const session = new StandInSession();
  const schemes: Electron.CustomScheme[] = [];
  const handlers = new Map<string, (request: Request) => Response | Promise<Response>>();
  const app = new Emitter();
  const ipcMain = new Emitter();
  const menus = new WeakMap<object, Electron.MenuItemConstructorOptions[]>();
  let channels = 0;

  const electron: ShellElectron = {
    app: Object.assign(app, {
      requestSingleInstanceLock: () => firstInstance,
      enableSandbox: () => void calls.push('enableSandbox'),
      whenReady: async () => void calls.push('whenReady'),
      quit: () => void calls.push('quit'),
      exit: () => void calls.push('exit'),
      getPath: (name: string) => `/home/somebody/${name}`,
      getLocale: () => locale,
      isPackaged: true,
    }),
    BrowserWindow: class extends StandInWindow {
      constructor(options: Electron.BrowserWindowConstructorOptions) {
        super(options);
        windows.push(this);
        app.emit('web-contents-created', {}, this.webContents);
      }
    },
    MessageChannelMain: class {
      readonly #number = ++channels;
      port1 = `port ${this.#number}a` as never;
      port2 = `port ${this.#number}b` as never;
    },
    Tray: class extends Emitter {
      readonly #facts: (typeof trays)[number];
      constructor(icon: string) {
        super();
        this.#facts = { icon, emitter: this, menu: [] };
        trays.push(this.#facts);
      }
      setToolTip() {}
      setContextMenu(menu: Electron.Menu | null) {
        if (menu !== null) this.#facts.menu.push(...(menus.get(menu) ?? []));
      }
    },
    Menu: {
      buildFromTemplate(template) {
        const menu = {} as Electron.Menu;
        menus.set(menu, template);
        return menu;
      },
      setApplicationMenu: (menu) => void calls.push(`setApplicationMenu ${menu}`),
    },
    dialog: { showErrorBox: (title, text) => void errorBoxes.push(`${title}\n${text}`) },
    ipcMain,
    protocol: {
      registerSchemesAsPrivileged: (list) => {
        calls.push('registerSchemesAsPrivileged');
        schemes.push(...list);
      },
      handle: (scheme, handler) => void handlers.set(scheme, handler),
    },
    safeStorage: {
      getSelectedStorageBackend: () => storageBackend,
      isAsyncEncryptionAvailable: async () => true,
      encryptStringAsync: async (text) => Buffer.from(`sealed ${text}`),
      decryptStringAsync: async (bytes) => {
        const text = bytes.toString();
        if (!text.startsWith('sealed '))
          throw Object.assign(new Error(`cannot open ${text}`), { name: 'KeyringLocked' });
        return { shouldReEncrypt: false, result: text.slice('sealed '.length) };
      },
    },
    session: { defaultSession: session },
    shell: { openExternal: async (url) => void opened.push(url) },
    utilityProcess: {
      fork(file, args) {
        const child = new StandInChild(file, args);
        children.push(child);
        return child;
      },
    },
  };
  return { electron, app, ipcMain, calls, windows, children, opened, errorBoxes, trays, session, schemes, handlers };
}
