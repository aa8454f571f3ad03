import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { root } from '#build/files.ts';
import { buildScreens } from '#build/renderer/build.ts';
import { resolveAppPath } from '#electron/shell/policy/app-files.ts';
import { appHeaders } from '#electron/shell/policy/content-security.ts';
import { startBrowser } from './browser.ts';

/** The till's screens under the desktop's policy: the shell's own functions answer, over HTTP for want of Electron. */
let server: Server;
let url: string;

beforeAll(async () => {
  await buildScreens();
  const folder = path.join(root, 'dist/renderer');
  server = createServer((request, response) => {
    const found = resolveAppPath(folder, `app://comptoir${request.url}`);
    if (found === undefined) return response.writeHead(404).end();
    response.writeHead(200, appHeaders(found.contentType)).end(readFileSync(found.file));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/till/`;
});

afterAll(() => server.close());

it('[T15] shows the till’s screens without breaking the desktop’s content policy', async () => {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    const refused: string[] = [];
    const missing: string[] = [];
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    page.on('response', (response) => {
      if (response.status() !== 200) missing.push(new URL(response.url()).pathname);
    });
    await page.goto(url);
    await page.locator('body *').first().waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('body').innerText()).not.toBe('');
    expect(refused).toEqual([]);
    expect(missing.filter((name) => name !== '/favicon.ico')).toEqual([]);
  } finally {
    await browser.close();
  }
});
