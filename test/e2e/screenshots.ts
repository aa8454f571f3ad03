import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { root } from '#build/files.ts';
import { signInByKeyboard, startBrowser, tillOpener, typeKeys } from './browser.ts';
import { type Network, startNetwork } from './network.ts';

/**
 * Photographs every screen of the demonstration into dist/screenshots, to lay beside the pictures of the visual
 * language: `npx node test/e2e/screenshots.ts`.
 */
const looks: [name: string, options: BrowserContextOptions][] = [
  ['1366-fr', { viewport: { width: 1366, height: 768 } }],
  ['1366-en-dark', { viewport: { width: 1366, height: 768 }, locale: 'en-GB', colorScheme: 'dark' }],
  ['1024-fr', { viewport: { width: 1024, height: 768 } }],
  ['1024-en', { viewport: { width: 1024, height: 768 }, locale: 'en-GB' }],
  ['1366x620-fr', { viewport: { width: 1366, height: 620 } }],
  ['1024x620-fr', { viewport: { width: 1024, height: 620 } }],
];

const folder = path.join(root, 'dist/screenshots');
mkdirSync(folder, { recursive: true });
const wanted = process.argv.slice(2);
const network = await startNetwork();
const browser = await startBrowser();
const open = tillOpener(browser, network.tillUrl);
try {
  for (const [name, options] of looks.filter(([look]) => wanted.length === 0 || wanted.includes(look))) {
    const { page, close } = await open(options);
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    const shot = async (screen: string) => {
      await page.waitForTimeout(250);
      await page.screenshot({ path: path.join(folder, `${name}-${screen}.png`) });
    };
    await till(page, network, shot).catch(async (error) => {
      await shot('failed');
      throw error;
    });
    await close();
    const context = await browser.newContext({ locale: 'fr-FR', ...options });
    const office = await context.newPage();
    await office.goto(network.officeUrl);
    await office.getByRole('textbox').first().fill('manager');
    await office.locator('input[type=password]').fill(network.pinOf('manager'));
    await office.screenshot({ path: path.join(folder, `${name}-office-sign-in.png`) });
    await office.keyboard.press('Enter');
    await office.locator('.tbl').waitFor();
    await office.screenshot({ path: path.join(folder, `${name}-office.png`) });
    if (name === '1366-fr') {
      await office.setViewportSize({ width: 320, height: 900 });
      await office.screenshot({ path: path.join(folder, 'office-320.png'), fullPage: true });
    }
    await context.close();
    console.error(`screenshots: ${name}`);
  }
} finally {
  await browser.close();
  await network.stop();
}

async function till(page: Page, { simulate, pinOf }: Network, shot: (screen: string) => Promise<void>): Promise<void> {
  const key = (name: string) => page.keyboard.press(name, { delay: 45 });
  const prompt = (text: RegExp) => page.locator('.prompt h2', { hasText: text }).waitFor();
  const ask = async (amount: string) => {
    await typeKeys(page, amount);
    await key('Enter');
    await prompt(/Présentez la carte|Present the card/);
  };
  await simulate('card', 'remove');
  await simulate('printer', 'ok');
  await shot('sign-in');
  await signInByKeyboard(page, 'cashier', pinOf('cashier'));
  await shot('empty');
  await ask('12500');
  await shot('waiting');
  await key('s');
  await shot('simulator');
  await key('1');
  await page.locator('[data-print=confirmed]').waitFor();
  await shot('result');
  await key('s');
  await shot('result-simulator');
  await key('s');
  await typeKeys(page, '2000');
  await key('Enter');
  await prompt(/Retirez la carte|Remove the card/);
  await shot('remove');
  await simulate('card', 'remove');
  await prompt(/Présentez|Present/);
  await simulate('card', 'present', '4');
  await page.locator('[data-error=CardBlocked]').waitFor();
  await shot('refused');
  await simulate('card', 'remove');
  await key('Escape');
  await ask('2000');
  await simulate('card', 'tear', 'after');
  await simulate('card', 'present', '1');
  await prompt(/même carte|same card/);
  await shot('torn');
  await simulate('card', 'present', '1');
  await page.locator('[data-print=confirmed]').waitFor();
  await key('Enter');
  await simulate('card', 'remove');
  await simulate('printer', 'silent');
  await ask('300');
  await simulate('card', 'present', '1');
  await page.locator('.ask').waitFor();
  await shot('print-unknown');
  await simulate('printer', 'paper-out');
  await page.locator('.ask .btn').first().click();
  await key('Enter');
  await simulate('card', 'remove');
  await simulate('link', 'down');
  await simulate('register', 'amount', '8750');
  await page.locator('.amount', { hasText: '750' }).waitFor();
  await key('Enter');
  await prompt(/Présentez|Present/);
  await simulate('card', 'present', '1');
  await page.locator('[data-print=failed]').waitFor();
  await page.locator('.offline').waitFor();
  await shot('offline-result');
  await key('Enter');
  await simulate('card', 'remove');
  await ask('1234567');
  await key('e');
  await shot('offline-detail');
  await key('Escape');
  await page.locator('.prompt.idle').waitFor();
  await key('e');
  await key('v');
  await shot('doctor');
  await key('j');
  await key('Enter');
  await page.locator('.hand .verdict').waitFor();
  await shot('journal');
  await simulate('link', 'up');
  await simulate('printer', 'ok');
  await key('F2');
  await key('F6');
  await simulate('card', 'present', '1');
  await page.locator('[data-figure=balance]').waitFor();
  await shot('card');
  await simulate('card', 'remove');
  await key('F2');
  await key('Control+l');
  await shot('switch');
}
