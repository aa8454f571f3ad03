import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { type OpenTill, startBrowser, tillOpener, typeKeys } from './browser.ts';
import { type Network, startNetwork } from './network.ts';

let network: Network;
let browser: Browser;
let open: ReturnType<typeof tillOpener>;
let till: OpenTill | null = null;

beforeAll(async () => {
  network = await startNetwork();
  browser = await startBrowser();
  open = tillOpener(browser, network.tillUrl);
});
afterAll(async () => {
  await browser?.close();
  await network?.stop();
});
afterEach(async () => {
  await till?.close();
  till = null;
});

const Clocked = z.object({ value: z.object({ code: z.string(), direction: z.string(), by: z.string() }) });

it('[T28] clocks somebody in with the keyboard alone, out by touch alone, and nobody is signed in by it', async () => {
  till = await open();
  const { page } = till;
  await page.keyboard.press('F10');
  if (process.env.COMPTOIR_SHOTS) await page.screenshot({ path: `${process.env.COMPTOIR_SHOTS}/clock-1366.png` });
  const letter = await page.locator('[data-staff=cashier]').getAttribute('aria-keyshortcuts');
  await page.keyboard.press(letter ?? '', { delay: 50 });
  await typeKeys(page, network.pinOf('cashier'));
  await page.keyboard.press('Enter');
  await page.locator('.verdict.go', { hasText: 'Arrivée pointée' }).waitFor();
  await page.locator('[data-clocked=cashier]').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('.signin').waitFor();
  await till.close();

  till = await open({ hasTouch: true, viewport: { width: 1024, height: 768 } });
  const touched = till.page;
  await touched.locator('.rail .item', { hasText: 'Pointage' }).tap();
  await touched.locator('.btn', { hasText: 'Départ' }).first().tap();
  await touched.locator('[data-staff=cashier]').tap();
  for (const digit of network.pinOf('cashier')) {
    await touched.locator('.pad button', { hasText: new RegExp(`^${digit}$`) }).tap();
  }
  expect(await seriousFindings(touched)).toEqual([]);
  if (process.env.COMPTOIR_SHOTS) await touched.screenshot({ path: `${process.env.COMPTOIR_SHOTS}/clock-1024.png` });
  await touched.locator('.btn', { hasText: /^Pointer/ }).tap();
  await touched.locator('.verdict.go', { hasText: 'Départ pointé' }).waitFor();
  await expect.poll(() => touched.locator('[data-clocked=cashier]').count()).toBe(2);
  if (process.env.COMPTOIR_SHOTS) await touched.screenshot({ path: `${process.env.COMPTOIR_SHOTS}/clocked-1024.png` });

  const again = Clocked.parse(await network.comptoir('attendance', 'in'));
  expect(again.value).toEqual({ code: 'cashier', direction: 'in', by: 'pin' });
});
