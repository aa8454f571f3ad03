import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildScreens } from '#build/renderer/build.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill } from '#test/harness/ledger-till.ts';
import { officeOf, write } from '#test/harness/shop-accounts.ts';
import { seriousFindings } from './axe.ts';
import { startBrowser } from './browser.ts';

let central: RunningCentral;
let browser: Browser;
const used = cardNumberOf(31_415_926);
const cloned = cardNumberOf(27_182_818);
const moreThanAPage = 60;

beforeAll(async () => {
  await buildScreens();
  central = await startCentral();
  browser = await startBrowser();
  const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!;
  const till = await CentralTill.enrol(central.url, central.client(), code);
  const ledger = new LedgerTill(till);
  const card = ledger.issue(used, 2_000_000);
  for (let at = 0; at < 9; at++) ledger.sell(card, 12_345_000);
  ledger.sell(card, 123_456_000);
  ledger.spend(card, 1_000_000);
  const first = ledger.issue(cloned, 100);
  const copy = { ...first };
  ledger.sell(first, 3_000);
  ledger.spend(copy, 80);
  for (let at = 0; at < moreThanAPage; at++) ledger.issue(cardNumberOf(50_000_000 + at), 10);
  for (const direction of ['in', 'out'] as const) {
    till.append('attendance.clocked', { body: { staff: 'cashier', direction, by: 'badge' }, staff: 'cashier' });
  }
  write(till, 'top-up', { cardNumber: used, amountMinor: 123_456_000 });
  await till.push();
  const office = await officeOf(central, 'manager');
  const known = { birthday: '03-14', phone: '+225 07 07 07 07', email: 'adjoua@example.org', language: null };
  const consents = { sms: true, email: false, mail: false };
  const customer = { ...known, name: 'Adjoua Marie-Thérèse N’Guessan', ticketByEmail: true, consents };
  await office.office.putCustomer({ cardNumber: used, customer });
  // As a relay leaves it once a blank card has been issued at a till.
  const issued = { network_id: till.enrolment.network.id, card_number: used, tenant_id: till.enrolment.tenant };
  await central.owner
    .insertInto('cards')
    .values({
      ...issued,
      status: 'active',
      uid: null,
      lot: 1,
      replaced_by: null,
      block_reason: null,
      issued_at: new Date(),
    })
    .onConflict((conflict) => conflict.columns(['network_id', 'card_number']).doUpdateSet({ issued_at: new Date() }))
    .execute();
  await office.office.askCustomerFile({ format: 'xlsx' });
  await office.office.blockCard({ cardNumber: cardNumberOf(50_000_001), blocked: true, reason: 'stolen' });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await central?.stop();
});

async function openOffice(address: string, who = 'manager', options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  await page.goto(`${central.url}/office/#/${address}`);
  await page.locator('input').first().fill(who);
  await page.locator('input[type=password]').fill(central.seed.staff.find(({ code }) => code === who)!.pin);
  await page.keyboard.press('Enter');
  await page.locator('.top .who').waitFor();
  return page;
}
const text = (page: Page, selector: string) => page.locator(selector).innerText();

describe('a list of the office', () => {
  it('[T24] [T41] of cards is paged, searched and exported by the keyboard alone', async () => {
    const page = await openOffice('cards');
    await expect.poll(() => page.locator('[data-card]').count()).toBe(50);
    await page.getByRole('button', { name: 'Voir la suite' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-card]').count()).toBe(moreThanAPage + 2);
    await page.getByRole('searchbox').focus();
    await page.keyboard.type('marie ngue');
    await expect.poll(() => page.locator('[data-card]').count()).toBe(1);
    await expect.poll(() => text(page, '[data-figure=export-rows]')).toMatch(/Exporter 1.ligne/u);
    await page.getByRole('button', { name: /en CSV/ }).focus();
    const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    expect(download.suggestedFilename()).toBe('cartes.csv');
    await page.context().close();
  });

  it('[T19] of one card’s movements is paged, narrowed and exported by touch alone', async () => {
    const page = await openOffice(`cards/${used}`, 'manager', { hasTouch: true });
    await expect.poll(() => page.locator('[data-operation]').count()).toBe(8);
    await page.getByRole('button', { name: 'Voir la suite' }).tap();
    await expect.poll(() => page.locator('[data-operation]').count()).toBe(12);
    await page.getByLabel('Nature').selectOption('spend');
    await expect.poll(() => page.locator('[data-operation]').count()).toBe(1);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /Exporter 1.ligne en XLSX/u }).tap(),
    ]);
    expect(download.suggestedFilename()).toBe('mouvements-de-carte.xlsx');
    await page.context().close();
  });

  it('[T24] of cases is searched, and its file says what was decided', async () => {
    const page = await openOffice('cases');
    await page.locator('[data-case]').first().waitFor();
    await page.getByRole('searchbox').fill('nobody has written this');
    await page.getByText('Rien ne répond à cette recherche').waitFor();
    await page.getByRole('button', { name: 'Effacer la recherche' }).click();
    await page.locator('[data-case]').first().waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /en CSV/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('cas.csv');
    await page.context().close();
  });
});

it('[T24] the customers’ file: one manager asks, another says yes after what leaves has been said, the first saves it', async () => {
  const asker = await openOffice('cards');
  await asker.getByRole('link', { name: 'Fichier des clients' }).click();
  await asker.getByRole('button', { name: 'Demander le fichier CSV' }).click();
  await asker.getByText('pour 1 client.').waitFor();
  await expect.poll(() => asker.locator('[data-request=waiting]').count()).toBe(2);
  const other = await openOffice('cards/file', 'network-admin');
  await other.getByRole('button', { name: 'Dire non à Nadège Koffi' }).last().click();
  await other.locator('[data-request=declined]').waitFor();
  await other.getByRole('button', { name: 'Dire oui à Nadège Koffi' }).focus();
  await other.keyboard.press('Enter');
  expect(await text(other, ':focus')).toBe('Ne rien donner');
  await other.keyboard.press('Tab');
  expect(await text(other, ':focus')).toBe('Donner le fichier à Nadège Koffi');
  await other.keyboard.press('Enter');
  await other.locator('[data-request=approved]').waitFor();
  await asker.reload();
  const [download] = await Promise.all([
    asker.waitForEvent('download'),
    asker.getByRole('button', { name: 'Enregistrer le fichier' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('clients.csv');
  await asker.locator('[data-request=taken]', { hasText: 'Oui de Hervé Aka' }).waitFor();
  await asker.context().close();
  await other.context().close();
});

describe('axe finds nothing serious and nothing scrolls sideways', () => {
  /** A page, and what shows that its rows have come: an empty table is narrow. */
  const pages = [
    ['transactions', '[data-ticket]'],
    ['cards', '[data-card]'],
    [`cards/${used}`, '[data-operation]'],
    ['cards/file', '[data-request]'],
    ['accounts', '[data-card]'],
    ['cases', '[data-case]'],
    ['stock', '[data-lot]'],
    ['stock/issued', '[data-card]'],
    ['attendance', '.tbl tbody tr'],
    ['programme', '.versions li'],
    ['settings', '.panel'],
  ] as const;
  it.each([
    ['light', 1366, 768, 'fr-FR'],
    ['dark', 1024, 768, 'en-GB'],
    ['light', 1024, 768, 'fr-FR'],
    ['dark', 320, 800, 'fr-FR'],
  ] as const)('%s at %i × %i in %s', async (colorScheme, width, height, locale) => {
    const page = await openOffice('cards', 'network-admin', { colorScheme, locale, viewport: { width, height } });
    const all: unknown[] = [];
    for (const [address, shown] of pages) {
      await page.goto(`${central.url}/office/#/${address}`);
      await page.locator(shown).first().waitFor({ timeout: 8_000 });
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      all.push({ address, sideways, found: await seriousFindings(page) });
    }
    await page.context().close();
    expect(all).toEqual(pages.map(([address]) => ({ address, sideways: 0, found: [] })));
  });
});
