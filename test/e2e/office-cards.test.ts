import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildScreens } from '#build/renderer/build.ts';
import { cardDataOf, cardNumberOf } from '#contract/loyalty/card-number.ts';
import { handLot } from '#test/harness/card-lots.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill } from '#test/harness/ledger-till.ts';
import { seriousFindings } from './axe.ts';
import { startBrowser } from './browser.ts';

let central: RunningCentral;
let browser: Browser;
const used = cardNumberOf(31_415_926);
const cloned = cardNumberOf(27_182_818);

beforeAll(async () => {
  await buildScreens();
  central = await startCentral();
  for (const number of [used, cloned]) await handLot(central, 1, cardDataOf(number));
  browser = await startBrowser();
  const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!;
  const till = new LedgerTill(await CentralTill.enrol(central.url, central.client(), code));
  const card = till.issue(used, 20);
  const sale = till.sell(card, 12_500);
  till.spend(card, 60);
  till.reverse(sale, { amountMinor: 2_500, points: -25, counter: card.counter });
  const first = till.issue(cloned, 100);
  const copy = { ...first };
  till.sell(first, 3_000);
  till.spend(copy, 80);
  await till.push();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await central?.stop();
});

async function openOffice(place: string, who = 'manager', options: BrowserContextOptions = {}): Promise<Page> {
  const { pin } = central.seed.staff.find(({ code }) => code === who)!;
  const page = await browser.newPage({ locale: 'fr-FR', viewport: { width: 1366, height: 768 }, ...options });
  await page.goto(`${central.url}/office/#/${place}`);
  await page.locator('input').first().fill(who);
  await page.locator('input[type=password]').fill(pin);
  await page.keyboard.press('Enter');
  await page.locator('.top .who').waitFor();
  return page;
}
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

describe('the office’s pages of cards', () => {
  it('[T19] [T20] show a card’s ledger and movements, and take it out of use and back, by keyboard alone', async () => {
    const page = await openOffice('cards');
    await page.locator(`[data-card="${used}"]`).waitFor();
    await page.getByRole('searchbox').fill('3141 5926');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: /Ouvrir la carte 3141/ }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-figure=balance]').innerText()).toBe('60');
    expect(
      await page
        .locator('[data-operation]')
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-operation'))),
    ).toEqual(expect.arrayContaining(['sale', 'spend', 'reversal', 'issued']));
    expect(await page.locator('[data-operation=reversal]').innerText()).toMatch(
      /[-−]2.500.*[-−]25.*au prochain passage/su,
    );
    await page.getByLabel('Raison').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('La carte est bloquée dans tout le réseau.').waitFor();
    await page.getByRole('button', { name: 'Débloquer la carte' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('La carte est de nouveau en service.').waitFor();
    await page.close();
  });

  it('[T2] name a holder later, find them by their name, and erase them after asking', async () => {
    const page = await openOffice(`cards/${used}`);
    await page.getByLabel('Nom et prénom').fill('Adjoua N’Guessan');
    await page.getByLabel('Anniversaire').fill('31/02');
    await page.getByRole('button', { name: 'Enregistrer le titulaire' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator(':focus').innerText()).toContain('14/03');
    await page.getByLabel('Anniversaire').fill('14/03/1987');
    await page.getByLabel('E-mail', { exact: true }).fill('adjoua@example.org');
    await page.getByLabel('par SMS').check();
    await page.getByRole('button', { name: 'Enregistrer le titulaire' }).click();
    await page.getByText('Le titulaire est enregistré.').waitFor();
    await page.getByText(/accepté le .*noté par manager/).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    await page.goto(`${central.url}/office/#/cards`);
    await page.getByRole('searchbox').fill('ngues');
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await page.getByRole('link', { name: /Ouvrir la carte 3141/ }).click();
    await page.getByRole('button', { name: 'Effacer le titulaire' }).click();
    expect(await page.locator(':focus').innerText()).toBe('Garder le titulaire');
    await page.getByRole('button', { name: 'Effacer Adjoua N’Guessan' }).click();
    await expect.poll(() => page.locator('.h p').first().innerText()).toContain('Anonyme');
    expect(await page.getByLabel('Nom et prénom').inputValue()).toBe('');
    await expect.poll(() => page.locator('[data-figure=balance]').innerText()).toBe('60');
    await page.close();
  });

  it('[T20] show a cloned card’s case with what contradicts what, and settle it with a note', async () => {
    const page = await openOffice('cases', 'manager', { viewport: { width: 1024, height: 768 }, locale: 'en-GB' });
    const sheet = page.locator('[data-case=CardContradicted]');
    await sheet.waitFor();
    expect(await sheet.innerText()).toMatch(/Record no. 2: \+30, balance 130/);
    expect(await seriousFindings(page)).toEqual([]);
    expect(await fits(page)).toBe(true);
    await sheet.getByRole('button', { name: 'Decide this case' }).click();
    await page.getByText('Write a note: it stays with the case.').waitFor();
    await sheet.getByLabel('What you found').selectOption('fraud');
    await sheet.getByLabel('Note').fill('The card was copied.');
    await page.keyboard.press('Enter');
    await page.getByText('The case is decided.').waitFor();
    await page.getByLabel('State').selectOption({ label: 'Decided' });
    await page.getByText('The card was copied.').waitFor();
    expect(await sheet.innerText()).toMatch(/Fraud, on .* by manager/);
    await page.close();
  });

  it('let the auditor look and change nothing, and fit a narrow screen', async () => {
    const page = await openOffice(`cards/${used}`, 'auditor', { viewport: { width: 1024, height: 768 } });
    await page.getByText('Votre rôle permet de regarder, pas de changer.').waitFor();
    expect(await page.getByRole('button', { name: /Bloquer|Enregistrer|Effacer/ }).count()).toBe(0);
    expect(await fits(page)).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await fits(page)).toBe(true);
    await page.goto(`${central.url}/office/#/cards/12`);
    await page.getByText('Cette carte n’est pas de votre réseau.').waitFor();
    await page.close();
  });
});
