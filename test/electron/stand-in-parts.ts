import type { AppSession } from '#electron/shell/electron.ts';

type Listener = (...args: never[]) => unknown;

/** Events as Electron's objects have them. `on` gives `never` because Electron's own types ask for the whole object back. */
export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  on(event: string, listener: Listener): never {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this as never;
  }

  once(event: string, listener: Listener): never {
    return this.on(event, listener);
  }

  emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]));
  }
}

/** An event that can be prevented, with whatever else Electron puts in it. */
export function preventable<T extends object>(facts?: T): T & { prevented: boolean; preventDefault(): void } {
  const event = {
    ...(facts as T),
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}

export class StandInContents extends Emitter {
  id = 1;
  reloads = 0;
  destroyed = false;
  openHandler: ((details: { url: string }) => { action: string }) | undefined;

  setWindowOpenHandler(handler: never): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads++;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
}

export class StandInWindow extends Emitter {
  readonly calls: string[] = [];
  readonly webContents = new StandInContents();
  minimised = false;
  readonly options: Electron.BrowserWindowConstructorOptions;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }
  show(): void {
    this.calls.push('show');
  }
  hide(): void {
    this.calls.push('hide');
  }
  focus(): void {
    this.calls.push('focus');
  }
  restore(): void {
    this.calls.push('restore');
  }
  isMinimized(): boolean {
    return this.minimised;
  }
  async loadURL(url: string): Promise<void> {
    this.calls.push(`loadURL ${url}`);
  }
}

export class StandInChild extends Emitter {
  readonly sent: { message: unknown; ports: unknown[] }[] = [];
  killed = false;
  readonly file: string;
  readonly args: string[];

  constructor(file: string, args: string[]) {
    super();
    this.file = file;
    this.args = args;
  }
  postMessage(message: unknown, ports: unknown[] = []): void {
    this.sent.push({ message, ports });
  }
  kill(): boolean {
    this.killed = true;
    this.emit('exit', 0);
    return true;
  }
}

type Handler<Name extends keyof AppSession> = Parameters<AppSession[Name]>[0];

export class StandInSession extends Emitter {
  request: Handler<'setPermissionRequestHandler'> = null;
  check: Handler<'setPermissionCheckHandler'> = null;
  device: Handler<'setDevicePermissionHandler'> = null;
  display: Handler<'setDisplayMediaRequestHandler'> = null;

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>): void {
    this.display = handler;
  }
}
