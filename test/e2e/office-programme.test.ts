import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { seriousFindings } from './axe.ts';
import { demonstration } from './fixture.ts';

const demo = demonstration();

async function openPage(name: string, code = 'manager'): Promise<Page> {
  const page = await demo.browser.newPage({ locale: 'fr-FR', viewport: { width: 1366, height: 768 } });
  await page.goto(`${demo.network.officeUrl}#/${name}`);
  await page.getByLabel('Nom d’utilisateur').fill(code);
  await page.getByLabel('Mot de passe').fill(demo.network.pinOf(code));
  await page.keyboard.press('Enter');
  await page.locator('h1').waitFor();
  return page;
}

/** Points under the rules in force and under the draft, of the ordinary purchase of 12 500. */
const tried = async (page: Page) => {
  const row = page.locator('[data-sample=usual]').nth(1);
  return (await row.locator('.num').allInnerTexts()).join(' → ');
};
const bar = (page: Page) => page.locator('.publishing');
const sell = async (amount: string): Promise<unknown> => {
  await demo.network.simulate('card', 'remove');
  await demo.lay(1);
  return demo.network.sale(amount);
};

describe('the programme page', () => {
  it('[T18] edits, tries, publishes, and the till sells by the new version after a feed round', async () => {
    expect(await sell('12500')).toMatchObject({ ok: true, value: { points: 125 } });
    const page = await openPage('programme');
    await expect.poll(() => tried(page)).toBe('+125 → +125');
    await page.getByRole('button', { name: 'Ajouter un palier' }).click();
    await page.locator('#rule-earn-steps-0-fromAmountMinor').fill('10 000');
    await page.locator('#rule-earn-steps-0-points').fill('3');
    await expect.poll(() => tried(page)).toBe('+125 → +375');
    await bar(page).getByText('Brouillon gardé').waitFor();
    await bar(page).getByRole('button', { name: 'Publier la version 3' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Nouveau palier : à partir de 10 000').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Ne pas publier');
    await dialog.getByRole('button', { name: 'Publier la version 3' }).click();
    await page.getByText('Version 3 publiée').waitFor();
    await expect.poll(() => tried(page)).toBe('+375 → +375');
    await page.locator('.version', { hasText: 'en vigueur' }).getByText('Nadège Koffi').waitFor();
    await demo.network.comptoir('sync', '--wait');
    expect(await sell('12500')).toMatchObject({ ok: true, value: { points: 375 } });
    await page.close();
  });

  it('[T18] names a contradictory rule beside its field and does not publish it', async () => {
    const page = await openPage('programme');
    await page.locator('#rule-earn-steps-0-perAmountMinor').fill('2000');
    const fault = page.locator('#rule-earn-steps-0 [data-fault=step-lowers]');
    await fault.waitFor();
    expect(await fault.innerText()).toMatch(/À 10.000.F.CFA, ce palier donnerait 15 points/u);
    await page.locator('#rule-welcomePoints').fill('douze');
    await page.locator('[data-fault=number-not-whole]').waitFor();
    expect(await page.locator('#rule-welcomePoints').getAttribute('aria-invalid')).toBe('true');
    await bar(page).getByText('1 point à revoir').waitFor();
    expect(await bar(page).getByRole('button', { name: 'Publier' }).getAttribute('aria-disabled')).toBe('true');
    await bar(page).getByRole('button', { name: 'Abandonner le brouillon' }).click();
    await page.getByText('Le brouillon est abandonné').waitFor();
    expect(await page.locator('#rule-earn-steps-0-perAmountMinor').inputValue()).toBe('100');
    await page.close();
  });

  it('[T18] reads a file as the draft, and refuses one with a contradiction, naming it', async () => {
    const page = await openPage('programme');
    const file = (expiryMonths: number) => ({
      name: 'programme.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          id: 'akwaba',
          name: 'Points Akwaba',
          currency: 'XOF',
          earn: { points: 5, perAmount: '500' },
          gifts: [],
          expiryMonths,
        }),
      ),
    });
    await page.locator('input[type=file]').setInputFiles(file(0));
    await page.getByRole('alert').getByText('Règle « expiryMonths »').waitFor();
    await page.locator('input[type=file]').setInputFiles(file(12));
    await page.getByText('Le fichier est lu').waitFor();
    expect(await page.locator('#rule-earn-points').inputValue()).toBe('5');
    await bar(page).getByRole('button', { name: 'Abandonner le brouillon' }).click();
    await page.getByText('Le brouillon est abandonné').waitFor();
    await page.close();
  });

  it('[T18] is edited and published by the keyboard alone', async () => {
    const page = await openPage('programme');
    await page.locator('#rule-birthday-points').waitFor();
    const reach = async (target: string) => {
      for (let presses = 0; presses < 120; presses++) {
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), target)) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${target}`);
    };
    await reach('#rule-birthday-points');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('120');
    await bar(page).getByText('Brouillon gardé').waitFor();
    await reach('.publishing .primary');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await reach('.publishing .primary');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Version 4 publiée').waitFor();
    await page.close();
  });

  it('lets the auditor try, and change nothing', async () => {
    const page = await openPage('programme', 'auditor');
    await expect.poll(() => tried(page)).toContain('+375');
    expect(await page.locator('#rule-earn-points').isDisabled()).toBe(true);
    expect(await bar(page).count()).toBe(0);
    await page.close();
  });
});

describe('the settings page', () => {
  it('is saved, shown after a reload, and refuses what a till cannot do', async () => {
    const page = await openPage('settings');
    // The demonstration's network has said a first word.
    await page.getByText('par le réseau').waitFor();
    await page.locator('#rule-idleLockSeconds').fill('0,2');
    await page.locator('[data-fault=number-out-of-bounds]').waitFor();
    await page.locator('#rule-idleLockSeconds').fill('5');
    await page.getByLabel('bloquer une carte').check();
    await page.getByRole('button', { name: 'Enregistrer les réglages' }).click();
    await page.getByText('Réglages enregistrés').waitFor();
    await page.reload();
    await page.getByText('par Nadège Koffi').waitFor();
    expect(await page.locator('#rule-idleLockSeconds').inputValue()).toBe('5');
    expect(await page.getByLabel('bloquer une carte').isChecked()).toBe(true);
    await page.close();
  });
});

describe('axe finds nothing serious', () => {
  it.each(['light', 'dark'] as const)('on programme and settings, %s', async (colorScheme) => {
    const context = await demo.browser.newContext({
      colorScheme,
      locale: 'en-GB',
      viewport: { width: 1024, height: 768 },
    });
    const page = await context.newPage();
    await page.goto(`${demo.network.officeUrl}#/programme`);
    await page.getByLabel('User name').fill('manager');
    await page.getByLabel('Password').fill(demo.network.pinOf('manager'));
    await page.keyboard.press('Enter');
    await page.locator('.trial .num').first().waitFor();
    const found: Record<string, string[]> = { programme: await seriousFindings(page) };
    await page.setViewportSize({ width: 320, height: 800 });
    found['programme at 320 px'] = await seriousFindings(page);
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    await page.goto(`${demo.network.officeUrl}#/settings`);
    await page.locator('.settings').waitFor();
    found.settings = await seriousFindings(page);
    await context.close();
    expect(found).toEqual({ programme: [], 'programme at 320 px': [], settings: [] });
    expect(sideways).toBe(0);
  });
});
