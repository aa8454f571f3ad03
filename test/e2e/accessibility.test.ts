import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from './axe.ts';
import { signInByKeyboard, typeKeys } from './browser.ts';
import { demonstration, key } from './fixture.ts';

const demo = demonstration();

/** Walks through the screens and asks axe at each. */
async function walkTill(page: Page): Promise<Record<string, string[]>> {
  const { simulate, pinOf } = demo.network;
  const found: Record<string, string[]> = {};
  const look = async (screen: string) => {
    found[screen] = await seriousFindings(page);
  };
  const ask = async (amount: string) => {
    await typeKeys(page, amount);
    await key(page, 'Enter');
    await page.locator('.prompt.ink').waitFor();
  };
  await simulate('card', 'remove');
  await look('sign-in');
  await signInByKeyboard(page, 'cashier', pinOf('cashier'));
  await look('amount');
  await ask('1250');
  await look('waiting');
  await key(page, 's');
  await look('simulator');
  await key(page, '4');
  await page.locator('[data-error]').waitFor();
  await look('refused');
  await key(page, 's');
  await key(page, 'Escape');
  await simulate('card', 'remove');
  await simulate('link', 'down');
  await ask('1250');
  await simulate('card', 'present', '1');
  await page.locator('[data-print=confirmed]').waitFor();
  await page.locator('.offline').waitFor();
  await look('result offline');
  await key(page, 'e');
  await look('offline detail');
  await key(page, 'v');
  await page.locator('.dev').waitFor();
  await look('doctor');
  await simulate('link', 'up');
  await key(page, 'j');
  await page.locator('[data-entry]').first().waitFor();
  await key(page, 'Enter');
  await page.locator('.hand .verdict').waitFor();
  await look('journal');
  await key(page, 'F2');
  await key(page, 'F6');
  await page.locator('[data-figure=balance], .prompt').first().waitFor();
  await look('card');
  return found;
}

const nothing = (found: Record<string, string[]>) =>
  Object.fromEntries(Object.entries(found).filter(([, findings]) => findings.length > 0));

describe('axe finds nothing serious', () => {
  it.each(['light', 'dark'] as const)('on the till’s screens, %s', async (colorScheme) => {
    const page = await demo.open({ colorScheme });
    const found = await walkTill(page);
    expect(Object.keys(found)).toHaveLength(10);
    expect(nothing(found)).toEqual({});
  });

  it.each(['light', 'dark'] as const)('on the office’s pages, %s', async (colorScheme) => {
    const context = await demo.browser.newContext({ colorScheme, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(demo.network.officeUrl);
    const found: Record<string, string[]> = { 'sign-in': await seriousFindings(page) };
    await page.getByLabel('Nom d’utilisateur').fill('manager');
    await page.getByLabel('Mot de passe').fill(demo.network.pinOf('manager'));
    await page.keyboard.press('Enter');
    await page.locator('.tbl').waitFor();
    found.transactions = await seriousFindings(page);
    await page.setViewportSize({ width: 320, height: 800 });
    found['transactions at 320 px'] = await seriousFindings(page);
    await context.close();
    expect(nothing(found)).toEqual({});
  });
});

describe('sizes', () => {
  it.each([
    [1366, 768],
    [1024, 768],
    [1366, 620],
    [1024, 620],
  ])('the till at %i × %i scrolls nowhere and cuts nothing off the sale', async (width, height) => {
    const page = await demo.openAs('cashier', { viewport: { width, height } });
    await typeKeys(page, '450000000');
    const cut = await page.evaluate(() => {
      const sale = document.querySelector('.sale .top')!;
      const amount = document.querySelector('.amount')!;
      const page = document.documentElement;
      return {
        page: page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth,
        sale: sale.scrollHeight > sale.clientHeight + 1,
        amount: amount.scrollWidth > amount.clientWidth + 1,
      };
    });
    expect(cut).toEqual({ page: false, sale: false, amount: false });
  });

  it('[T41] the office reflows at 320 px without scrolling sideways', async () => {
    const context = await demo.browser.newContext({ viewport: { width: 320, height: 800 }, locale: 'fr-FR' });
    const page = await context.newPage();
    await page.goto(demo.network.officeUrl);
    await page.getByLabel('Nom d’utilisateur').fill('manager');
    await page.getByLabel('Mot de passe').fill(demo.network.pinOf('manager'));
    await page.keyboard.press('Enter');
    await page.locator('.tbl').waitFor();
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await context.close();
    expect(sideways).toBe(0);
  });
});
