import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './files.ts';

/** Draws the pictures of the app's icon from its one source. Run by hand when the source has changed; needs Chromium. */
const folder = path.join(root, 'resources/icons');
const drawing = readFileSync(path.join(folder, 'comptoir.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
for (const [name, size] of [
  ['app.png', 512],
  ['tray.png', 32],
] as const) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html,body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing}`,
  );
  writeFileSync(path.join(folder, name), await page.screenshot({ omitBackground: true }));
}
await browser.close();
