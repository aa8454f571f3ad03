import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { type OpenTill, signInByKeyboard, startBrowser, tillOpener, typeKeys } from './browser.ts';
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
  await network.simulate('link', 'up');
});

const key = (page: Page, name: string) => page.keyboard.press(name, { delay: 45 });
const figure = async (page: Page, name: string) =>
  (await page.locator(`[data-figure=${name}]`).innerText()).replace(/\s/gu, ' ').trim();
const shot = async (page: Page, name: string) => {
  if (process.env.COMPTOIR_SHOTS) await page.screenshot({ path: `${process.env.COMPTOIR_SHOTS}/${name}.png` });
};
const tapped = async (page: Page) => {
  await page.locator('.prompt', { hasText: 'Présentez la carte' }).waitFor();
  await network.simulate('card', 'present', '1');
  await page.locator('.verdict, .prompt .i, .dots').first().waitFor();
  await network.simulate('card', 'remove');
};

it('[T28] a purse is topped up and paid from with the keyboard alone, and refuses what it does not hold', async () => {
  till = await open();
  const { page } = till;
  await signInByKeyboard(page, 'cashier', network.pinOf('cashier'));
  await shot(page, 'sale-1366');
  await key(page, 'p');
  await typeKeys(page, '5000');
  await shot(page, 'purse-1366');
  expect(await seriousFindings(page)).toEqual([]);
  await key(page, 'Enter');
  await tapped(page);
  await page.locator('.verdict.go', { hasText: 'Carte rechargée' }).waitFor();
  expect(await figure(page, 'account')).toContain('5 000');
  await page.locator('[data-print=confirmed]').waitFor();
  await shot(page, 'posted-1366');
  expect(await seriousFindings(page)).toEqual([]);
  await key(page, 'Enter');
  await key(page, 'y');
  await typeKeys(page, '1200');
  await key(page, 'Enter');
  await tapped(page);
  await page.locator('.verdict.go', { hasText: 'Payé par la carte' }).waitFor();
  expect(await figure(page, 'account')).toContain('3 800');
  await key(page, 'Enter');
  await key(page, 'y');
  await typeKeys(page, '4000');
  await key(page, 'Enter');
  await tapped(page);
  await page.locator('[data-error=PurseTooLow]').waitFor();
  expect((await page.locator('.verdict').innerText()).replace(/\s/gu, ' ')).toContain('3 800');
  await key(page, 'Escape');
  await key(page, 'y');
  await typeKeys(page, '100');
  await network.simulate('link', 'down');
  await expect
    .poll(async () => {
      await key(page, 'Enter');
      const refusal = page.locator('[data-error=NeedsLink]');
      await page.locator('.prompt, [data-error]').first().waitFor();
      if ((await refusal.count()) > 0) return 'NeedsLink';
      await key(page, 'Escape');
      return 'asked for the card';
    })
    .toBe('NeedsLink');
});

const Posted = z.object({ value: z.object({ act: z.string(), balanceMinor: z.int().nullable() }) });
const Refused = z.object({ error: z.object({ type: z.string() }) });

it('[T28] a cashier hands a purse’s money back only with a manager, by touch alone; the command does the same', async () => {
  await network.simulate('card', 'present', '1');
  const topped = Posted.parse(await network.comptoir('purse', 'top-up', '--amount', '2000'));
  await network.simulate('card', 'remove');
  const before = topped.value.balanceMinor ?? 0;
  till = await open({ hasTouch: true, viewport: { width: 1024, height: 768 } });
  const { page } = till;
  await page.locator('[data-staff=cashier]').tap();
  const pad = async (digits: string) => {
    for (const digit of digits) await page.locator('.pad button', { hasText: new RegExp(`^${digit}$`) }).tap();
  };
  await pad(network.pinOf('cashier'));
  await page.locator('.btn', { hasText: 'Ouvrir la caisse' }).tap();
  await page.locator('.signin').waitFor({ state: 'detached' });
  await shot(page, 'sale-1024');
  await page.locator('.btn', { hasText: 'Porte-monnaie' }).tap();
  await page.locator('.btn', { hasText: 'Rembourser' }).tap();
  await pad('500');
  await shot(page, 'purse-1024');
  await page.locator('.btn', { hasText: 'Lire la carte' }).tap();
  await page.locator('[data-act=purse-refund]').waitFor();
  await page.locator('[data-staff=manager]').tap();
  await pad(network.pinOf('manager'));
  await page.locator('.btn', { hasText: 'Donner l’accord' }).tap();
  await tapped(page);
  await page.locator('.verdict.go', { hasText: 'Remboursé en espèces' }).waitFor();
  await shot(page, 'refunded-1024');
  await network.simulate('card', 'present', '1');
  const paid = Posted.parse(await network.comptoir('purse', 'pay', '--amount', '100'));
  expect(paid.value.balanceMinor).toBe(before - 600);
  const drawn = Refused.parse(await network.comptoir('credit', 'draw', '--amount', '100'));
  expect(drawn.error.type).toBe('CreditLimit');
  await network.simulate('card', 'remove');
  await page.locator('.rail .item', { hasText: 'Clôture' }).tap();
  await page.locator('.tr3 dt', { hasText: 'Porte-monnaie, crédit' }).waitFor();
  await shot(page, 'close-1024');
});
