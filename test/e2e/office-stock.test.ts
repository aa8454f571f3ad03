import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from './axe.ts';
import { demonstration } from './fixture.ts';

const demo = demonstration();

async function openStock(who: string, locale = 'fr-FR'): Promise<Page> {
  const page = await demo.browser.newPage({ locale, viewport: { width: 1024, height: 768 } });
  await page.goto(demo.network.officeUrl);
  await page.locator('input').first().fill(who);
  await page.locator('input[type=password]').fill(demo.network.pinOf(who));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: locale === 'fr-FR' ? 'Stock' : 'Card stock' }).click();
  await page.locator('[data-lot]').first().waitFor();
  return page;
}

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

describe('the office’s stock of cards', () => {
  it('[T32] shows a shop its own lots, and lets it order one', async () => {
    const page = await openStock('manager', 'en-GB');
    expect(await page.locator('[data-lot]').count()).toBe(1);
    expect(await page.locator('[data-shop]').innerText()).toContain('1,000');
    await page.getByLabel('Number of cards').fill('7');
    await page.getByRole('button', { name: 'Order 7 cards' }).click();
    await page.getByText('A lot holds 10 to 100,000 cards.').waitFor();
    await page.getByLabel('Number of cards').fill('250');
    await page.getByRole('button', { name: 'Order 250 cards' }).click();
    await page.locator('[data-lot="3"]', { hasText: 'Ordered' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
    await page.close();
  });

  it('[T32] lets the network mark a lot received and hand it to a shop', async () => {
    const page = await openStock('network-admin');
    await page.getByRole('button', { name: 'Marquer reçu le lot 3' }).click();
    await page.getByText('Le lot 3 est en stock.').waitFor();
    await page.getByLabel('Boutique à qui remettre le lot 3').selectOption({ label: 'Librairie du Plateau' });
    await page.getByRole('button', { name: 'Remettre le lot 3' }).click();
    await page.getByText('Le lot 3 est à Librairie du Plateau.').waitFor();
    await expect.poll(() => page.locator('[data-shop="2"]').innerText()).toMatch(/1\s250/u);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
    await page.getByRole('link', { name: 'Cartes émises' }).click();
    await page.locator('.empty', { hasText: 'Aucune carte émise' }).waitFor();
    await page.close();
  });
});
