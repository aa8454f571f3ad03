import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { typeKeys } from './browser.ts';
import { demonstration, figure, key, plain, tapPad, touch } from './fixture.ts';

const demo = demonstration();
afterEach(() => demo.network.simulate('link', 'up'));

const tapped = async (page: Page) => {
  await page.locator('.prompt', { hasText: 'Présentez la carte' }).waitFor();
  await demo.lay(1);
  await page.locator('.verdict, .prompt .i, .dots').first().waitFor();
  await demo.network.simulate('card', 'remove');
};

it('[T28] a purse is topped up and paid from with the keyboard alone, and refuses what it does not hold', async () => {
  const page = await demo.openAs('cashier');
  await key(page, 'p');
  await typeKeys(page, '5000');
  expect(await seriousFindings(page)).toEqual([]);
  await key(page, 'Enter');
  await tapped(page);
  await page.locator('.verdict.go', { hasText: 'Carte rechargée' }).waitFor();
  expect(await figure(page, 'account')).toContain('5 000');
  await page.locator('[data-print=confirmed]').waitFor();
  await key(page, 'F7');
  await page.locator('.tkh', { hasText: 'Duplicata' }).waitFor();
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
  expect(plain(await page.locator('.verdict').innerText())).toContain('3 800');
  await key(page, 'Escape');
  await key(page, 'y');
  await typeKeys(page, '100');
  await demo.network.simulate('link', 'down');
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
  await demo.lay(1);
  const topped = Posted.parse(await demo.network.comptoir('purse', 'top-up', '--amount', '2000'));
  await demo.network.simulate('card', 'remove');
  const before = topped.value.balanceMinor ?? 0;
  const page = await demo.open(touch);
  await page.locator('[data-staff=cashier]').tap();
  await tapPad(page, demo.network.pinOf('cashier'));
  await page.locator('.btn', { hasText: 'Ouvrir la caisse' }).tap();
  await page.locator('.signin').waitFor({ state: 'detached' });
  await page.locator('.btn', { hasText: 'Porte-monnaie' }).tap();
  await page.locator('.btn', { hasText: 'Rembourser' }).tap();
  await tapPad(page, '500');
  await page.locator('.btn', { hasText: 'Lire la carte' }).tap();
  await page.locator('[data-act=purse-refund]').waitFor();
  await page.locator('[data-staff=manager]').tap();
  await tapPad(page, demo.network.pinOf('manager'));
  await page.locator('.btn', { hasText: 'Donner l’accord' }).tap();
  await tapped(page);
  await page.locator('.verdict.go', { hasText: 'Remboursé en espèces' }).waitFor();
  await demo.lay(1);
  const paid = Posted.parse(await demo.network.comptoir('purse', 'pay', '--amount', '100'));
  expect(paid.value.balanceMinor).toBe(before - 600);
  const drawn = Refused.parse(await demo.network.comptoir('credit', 'draw', '--amount', '100'));
  expect(drawn.error.type).toBe('CreditLimit');
  const repaid = Refused.parse(await demo.network.comptoir('credit', 'repay', '--amount', '100'));
  expect(repaid.error.type).toBe('MoreThanOwed');
  await demo.network.simulate('card', 'remove');
  await page.locator('.rail .item', { hasText: 'Clôture' }).tap();
  await page.locator('.tr3 dt', { hasText: 'Porte-monnaie, crédit' }).waitFor();
});
