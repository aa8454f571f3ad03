import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '#build/files.ts';
import { electronProgram } from '#electron/cli/launch/electron-program.ts';

/** The desktop app on the real Electron. vitest.config.ts leaves this file out where its binary is missing. */
const data = mkdtempSync(path.join(tmpdir(), 'comptoir-electron-'));
let app: ElectronApplication;

beforeAll(async () => {
  execFileSync('npm', ['run', 'bundle'], { cwd: root, stdio: 'pipe' });
  const sandboxIsRefused = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  app = await _electron.launch({
    executablePath: electronProgram(process.env.ELECTRON_OVERRIDE_DIST_PATH)!,
    args: [...sandboxIsRefused, root, '--', '--data', data],
  });
});

afterAll(async () => {
  await app?.close();
  rmSync(data, { recursive: true, force: true });
});

it('[T15] opens the till on its own protocol and speaks to the resident service', async () => {
  const page = await app.firstWindow();
  await page.waitForURL('app://comptoir/till/**');
  await page.getByRole('heading').first().waitFor();
  expect(await page.evaluate(() => document.querySelectorAll('[role=alert]').length)).toBe(0);
});

it('gives the page nothing of Node and no way out', async () => {
  const page = await app.firstWindow();
  const reach = await page.evaluate(() => ({
    require: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
    opened: window.open('https://example.org/') === null,
  }));
  expect(reach).toEqual({ require: 'undefined', process: 'undefined', opened: true });
});

it('refuses what lies outside the screens’ folder', async () => {
  const page = await app.firstWindow();
  const status = await page.evaluate(async () => (await fetch('app://comptoir/..%2fservice/main.js')).status);
  expect(status).toBe(404);
});
