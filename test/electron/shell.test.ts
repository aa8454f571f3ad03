import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startShell } from '#electron/shell/start.ts';
import { type StandInOptions, standInElectron } from './stand-in.ts';
import { preventable, StandInContents } from './stand-in-parts.ts';

const tillUrl = 'app://comptoir/till/';
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The shell, started on the stand-in, with time that moves only when told. */
async function started(options: StandInOptions & { argv?: string[] } = {}) {
  const bundles = mkdtempSync(path.join(tmpdir(), 'shell-'));
  folders.push(bundles);
  mkdirSync(path.join(bundles, 'renderer/till'), { recursive: true });
  writeFileSync(path.join(bundles, 'renderer/till/index.html'), '<!doctype html>');
  writeFileSync(path.join(bundles, 'secret.json'), '{}');
  const standIn = standInElectron(options);
  const later: { delayMs: number; run: () => void }[] = [];
  const clock = { nowMs: 0 };
  await startShell(standIn.electron, {
    bundles,
    argv: options.argv ?? ['comptoir'],
    platform: 'linux',
    monotonicMs: () => clock.nowMs,
    schedule: (delayMs, run) => void later.push({ delayMs, run }),
  });
  await settled();
  return { ...standIn, bundles, later, clock };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const typesSent = (child: { sent: { message: unknown }[] }) =>
  child.sent.map(({ message }) => (typeof message === 'string' ? message : (message as { type: string }).type));

function frame(url = tillUrl, parent: object | null = null) {
  const received: unknown[][] = [];
  return {
    url,
    parent,
    received,
    postMessage: (...args: unknown[]) => void received.push(args),
    isDestroyed: () => false,
  };
}

it('gives every window the hardened preferences', async () => {
  const { windows, bundles } = await started();
  expect(windows.length).toBeGreaterThan(0);
  for (const { options } of windows) {
    expect(options.webPreferences).toEqual({
      preload: path.join(bundles, 'preload/till.cjs'),
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
      backgroundThrottling: false,
      devTools: false,
    });
  }
});

it('sandboxes the app and claims its scheme before Electron is ready', async () => {
  const { calls, schemes } = await started();
  expect(calls.slice(0, 3)).toEqual(['enableSandbox', 'registerSchemesAsPrivileged', 'whenReady']);
  expect(schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});

it('denies every permission, device, capture and download', async () => {
  const { session } = await started();
  const answers: unknown[] = [];
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'serial', 'openExternal'] as const) {
    session.request?.({} as never, permission as never, (granted) => answers.push(granted), {} as never);
    answers.push(session.check?.(null, permission as never, tillUrl, {} as never));
  }
  expect(answers).toEqual(Array(10).fill(false));
  expect(session.device?.({} as never)).toBe(false);
  const streams: unknown[] = [];
  session.display?.({} as never, (granted) => streams.push(granted));
  expect(streams).toEqual([{}]);
  const download = preventable();
  session.emit('will-download', download);
  expect(download.prevented).toBe(true);
});

it('keeps all contents, also those nobody foresaw, on the app’s own pages', async () => {
  const { app, windows } = await started();
  const unforeseen = new StandInContents();
  app.emit('web-contents-created', {}, unforeseen);
  for (const contents of [windows[0]!.webContents, unforeseen]) {
    for (const name of ['will-frame-navigate', 'will-redirect']) {
      const away = preventable({ url: 'https://example.org/' });
      const home = preventable({ url: `${tillUrl}#sale` });
      contents.emit(name, away);
      contents.emit(name, home);
      expect([name, away.prevented, home.prevented]).toEqual([name, true, false]);
    }
    const embedded = preventable();
    contents.emit('will-attach-webview', embedded);
    expect(embedded.prevented).toBe(true);
  }
});

it('opens no window, and outside only what the service named', async () => {
  const { windows, children, opened } = await started();
  const open = (url: string) => windows[0]!.webContents.openHandler?.({ url });
  expect(open('https://central.example/office')).toEqual({ action: 'deny' });
  expect(opened).toEqual([]);
  children[0]!.emit('message', { type: 'ready', externalOrigins: ['https://central.example'] });
  for (const url of ['https://central.example/office', 'https://evil.example/', tillUrl, 'file:///etc/passwd']) {
    expect(open(url)).toEqual({ action: 'deny' });
  }
  expect(opened).toEqual(['https://central.example/office']);
});

it('serves the screens under the policy, and nothing outside their folder', async () => {
  const { handlers } = await started();
  const get = async (url: string, method = 'GET') => handlers.get('app')!(new Request(url, { method }));
  const page = await get(tillUrl);
  expect([page.status, await page.text()]).toEqual([200, '<!doctype html>']);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const url of ['app://comptoir/..%2fsecret.json', 'app://comptoir/gone.js', 'app://other/till/index.html']) {
    expect([url, (await get(url)).status]).toEqual([url, 404]);
  }
  expect((await get(tillUrl, 'POST')).status).toBe(404);
});

it('gives a door to a page of the app as soon as the service is ready', async () => {
  const { ipcMain, children } = await started();
  const page = frame();
  ipcMain.emit('comptoir:door', { senderFrame: page });
  expect(page.received).toEqual([]);
  children[0]!.emit('message', { type: 'ready', externalOrigins: [] });
  expect(page.received).toEqual([['comptoir:door', null, ['port 1b']]]);
  expect(children[0]!.sent.at(-1)).toEqual({ message: 'comptoir:door', ports: ['port 1a'] });
});

it('gives no door to another page, an inner frame, a frame that has gone, or one that went elsewhere', async () => {
  const { ipcMain, children } = await started();
  const wanderer = frame();
  const strangers = [frame('https://example.org/'), frame(tillUrl, {}), frame('app://other/till/')];
  for (const senderFrame of [...strangers, null, wanderer]) ipcMain.emit('comptoir:door', { senderFrame });
  wanderer.url = 'https://example.org/';
  children[0]!.emit('message', { type: 'ready', externalOrigins: [] });
  expect([...strangers, wanderer].flatMap((one) => one.received)).toEqual([]);
  expect(typesSent(children[0]!)).toEqual(['start']);
});

it('starts the service again after it ended, and gives its pages new doors', async () => {
  const { ipcMain, children, later } = await started();
  const page = frame();
  ipcMain.emit('comptoir:door', { senderFrame: page });
  children[0]!.emit('message', { type: 'ready', externalOrigins: [] });
  children[0]!.emit('exit', 1);
  expect(later.map(({ delayMs }) => delayMs)).toEqual([500]);
  later[0]!.run();
  expect(children).toHaveLength(2);
  expect(page.received).toHaveLength(1);
  children[1]!.emit('message', { type: 'ready', externalOrigins: [] });
  expect(page.received).toHaveLength(2);
});

it('tells a service that cannot start in the person’s language, and does not start it again', async () => {
  const { app, children, errorBoxes, later, calls } = await started({ locale: 'en-GB' });
  children[0]!.emit('message', { type: 'failed', error: { type: 'DataFolderInUse' } });
  expect(errorBoxes[0]).toMatch(/^Comptoir cannot start\n.+/);
  expect(calls).toContain('quit');
  app.emit('before-quit', preventable());
  expect(children[0]!.killed).toBe(true);
  expect(later).toEqual([]);
});

it('hands the service its arguments and the user’s own data folder', async () => {
  const { children, bundles } = await started({ argv: ['comptoir', '--', '--devices', 'simulated'] });
  expect(children[0]!.file).toBe(path.join(bundles, 'service/main.js'));
  expect(children[0]!.args).toEqual(['--data', '/home/somebody/userData', '--devices', 'simulated']);
});

it('ends tidily: the service is asked to stop, waited for, and ended by force after ten seconds', async () => {
  const { app, calls, children, later } = await started();
  const first = preventable();
  app.emit('before-quit', first);
  expect(first.prevented).toBe(true);
  expect(typesSent(children[0]!)).toEqual(['start', 'stop']);
  expect(calls).not.toContain('quit');
  expect(later.map(({ delayMs }) => delayMs)).toEqual([10_000]);
  later[0]!.run();
  expect(children[0]!.killed).toBe(true);
  await settled();
  expect(calls).toContain('quit');
  const second = preventable();
  app.emit('before-quit', second);
  expect(second.prevented).toBe(false);
  expect(children).toHaveLength(1);
});

it('[T26] lends the system’s key store to the service, and tells a refusal by its code alone', async () => {
  const { children } = await started();
  const child = children[0]!;
  expect(child.sent[0]?.message).toEqual({ type: 'start', cipher: true });
  child.emit('message', { type: 'encrypt', id: 1, text: 'key' });
  await settled();
  const { bytes } = child.sent[1]!.message as { bytes: Uint8Array };
  child.emit('message', { type: 'decrypt', id: 2, bytes });
  child.emit('message', { type: 'decrypt', id: 3, bytes: new Uint8Array([1]) });
  child.emit('message', { type: 'decrypt', id: 4, bytes: 'no bytes' });
  await settled();
  expect(child.sent.slice(2).map(({ message }) => message)).toEqual([
    { type: 'decrypted', id: 2, text: 'key' },
    { type: 'cipher-refused', id: 3, code: 'KeyringLocked' },
  ]);
});

it('does not pass a password known to all off as a key store', async () => {
  const { children } = await started({ storageBackend: 'basic_text' });
  expect(children[0]!.sent[0]?.message).toEqual({ type: 'start', cipher: false });
});

it('runs once: a second start only shows the first’s window', async () => {
  const second = await started({ firstInstance: false });
  expect([second.calls, second.windows, second.children]).toEqual([['quit'], [], []]);
  const { app, windows } = await started();
  windows[0]!.minimised = true;
  app.emit('second-instance');
  expect(windows[0]!.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
});

it('[T15] stays resident when its window is closed, and comes back from the tray', async () => {
  const { app, windows, trays } = await started();
  const window = windows[0]!;
  const closed = preventable();
  window.emit('close', closed);
  expect([closed.prevented, window.calls.at(-1)]).toEqual([true, 'hide']);
  expect(trays[0]!.menu.map(({ label }) => label)).toEqual(['Ouvrir Comptoir', undefined, 'Quitter Comptoir']);
  trays[0]!.menu[0]!.click?.({} as never, undefined, {} as never);
  expect(window.calls.slice(-2)).toEqual(['show', 'focus']);
  app.emit('before-quit', preventable());
  const last = preventable();
  window.emit('close', last);
  expect(last.prevented).toBe(false);
});

it('brings back a page whose process died', async () => {
  const { windows, later } = await started();
  const contents = windows[0]!.webContents;
  contents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  contents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect(later).toHaveLength(1);
  later[0]!.run();
  expect(contents.reloads).toBe(1);
});
