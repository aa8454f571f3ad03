import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demonstration } from './fixture.ts';

const demo = demonstration();

async function openOffice(): Promise<Page> {
  const page = await demo.browser.newPage({ locale: 'fr-FR', viewport: { width: 1440, height: 900 } });
  await page.goto(demo.network.officeUrl);
  await page.getByLabel('Nom d’utilisateur').fill('manager');
  await page.getByLabel('Mot de passe').fill(demo.network.pinOf('manager'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Transactions' }).waitFor();
  return page;
}

const sell = async (amount: string): Promise<void> => {
  await demo.network.simulate('card', 'remove');
  await demo.lay(1);
  const sold = await demo.network.sale(amount);
  expect(sold).toMatchObject({ ok: true });
};

describe('the office', () => {
  it('says what will appear while there is nothing', async () => {
    const page = await openOffice();
    await page.locator('.empty', { hasText: 'Aucune transaction' }).waitFor();
    await page.close();
  });

  it('[T41] [T16] shows a sale of the till without a reload, marked as new', async () => {
    const page = await openOffice();
    await page.locator('[data-live=true]').waitFor();
    await sell('1250');
    const row = page.locator('tr.fresh');
    await row.waitFor();
    expect((await row.innerText()).replace(/\s+/gu, ' ')).toMatch(/Achat .*Caisse 1 .*1 250 \+12/);
    await expect.poll(() => page.locator('[data-figure=count]').innerText()).toContain('en 1 opération');
    await page.close();
  });

  it('[T41] finds by search and by date, and goes back to everything', async () => {
    await sell('900');
    const page = await openOffice();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    await page.getByLabel('Recherche').fill('0000 0000');
    await page.locator('.empty', { hasText: 'filtres' }).waitFor();
    await page.getByRole('button', { name: 'Effacer les filtres' }).click();
    await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
    await page.getByLabel('Du', { exact: true }).fill('2099-01-01');
    await page.locator('.empty').waitFor();
    await page.close();
  });

  it('[T41] switches its language live and keeps the session over a reload', async () => {
    const page = await openOffice();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('Newest first').waitFor({ state: 'attached' });
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.reload();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('User name').waitFor();
    await page.close();
  });

  it('refuses a wrong password in words, and puts the focus on them', async () => {
    const page = await demo.browser.newPage({ locale: 'fr-FR' });
    await page.goto(demo.network.officeUrl);
    await page.getByLabel('Nom d’utilisateur').fill('manager');
    await page.getByLabel('Mot de passe').fill('000000000');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.locator(':focus').innerText()).toContain('refusé');
    await page.close();
  });
});
