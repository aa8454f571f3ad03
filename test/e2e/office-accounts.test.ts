import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { buildScreens } from '#build/renderer/build.ts';
import { cardNumberOf } from '#contract/loyalty/card-number.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { LedgerTill, laidCard } from '#test/harness/ledger-till.ts';
import { authorise, officeOf, post } from '#test/harness/shop-accounts.ts';
import { seriousFindings } from './axe.ts';
import { startBrowser } from './browser.ts';

let central: RunningCentral;
let browser: Browser;
let page: Page | null = null;
const [lost, spare, held] = [43_000_001, 43_000_002, 43_000_003].map(cardNumberOf) as [string, string, string];

beforeAll(async () => {
  await buildScreens();
  central = await startCentral();
  browser = await startBrowser();
  const codes = central.seed.enrolmentCodes.filter(({ shop }) => shop === 1);
  const [one, two] = (await Promise.all(
    codes.slice(0, 2).map(({ code }) => CentralTill.enrol(central.url, central.client(), code)),
  )) as [CentralTill, CentralTill];
  for (const card of [lost, spare, held]) new LedgerTill(one).issue(card);
  await one.push();
  await two.push();
  await post(one, 'top-up', { cardNumber: lost, amountMinor: 5_000 });
  await post(one, 'top-up', { cardNumber: held, amountMinor: 2_000 });
  new LedgerTill(one).replace(laidCard(lost), laidCard(spare), { points: 0, spendMinor: 0 });
  await one.push(one.entries.slice(-1));
  await (await officeOf(central, 'manager')).office.setCreditLimit({ cardNumber: held, limitMinor: 10_000 });
  for (const amountMinor of [600, 700]) await authorise(two, 'purse', { cardNumber: held, amountMinor });
  const at = (ms: number) => new Date(Date.now() - ms);
  const hour = 3_600_000;
  const seen = central.owner.updateTable('terminals').where('terminal_id', '=', two.id);
  await seen.set({ seen_at: at(hour) }).execute();
  const holds = central.owner.updateTable('account_holds');
  await holds
    .set({ held_at: at(3 * hour) })
    .where('amount_minor', '=', 600)
    .execute();
  await holds
    .set({ held_at: at(hour / 2) })
    .where('amount_minor', '=', 700)
    .execute();
});
beforeEach(async () => {
  await page?.context().close();
});
afterAll(async () => {
  await browser?.close();
  await central?.stop();
});

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  page = await context.newPage();
  await page.goto(`${central.url}/office/#/accounts`);
  await page.getByRole('textbox').first().fill('manager');
  await page.locator('input[type=password]').fill(central.seed.staff.find(({ code }) => code === 'manager')!.pin);
  await page.keyboard.press('Enter');
  await page.locator('[data-holds]').waitFor();
  return page;
}
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

it('[T28] a manager sees what tills hold, with its age, and releases what none of them will use, by keyboard alone', async () => {
  const screen = await open({ locale: 'fr-FR', viewport: { width: 1366, height: 768 } });
  expect(plain(await screen.locator(`[data-card="${lost}"]`).innerText())).toContain('remplacée par');
  const rows = (await screen.locator('[data-hold]').allInnerTexts()).map(plain);
  expect(rows[0]).toMatch(/600 F CFA, Porte-monnaie.*3 h/s);
  expect(rows[1]).toMatch(/700 F CFA.*30 min.*peut encore/s);
  expect(await seriousFindings(screen)).toEqual([]);
  const button = screen.getByRole('button', { name: 'Libérer' });
  await button.focus();
  await screen.keyboard.press('Enter');
  await screen.keyboard.press('Enter');
  await screen.getByText('Écrivez pourquoi').waitFor();
  await screen.getByLabel(/Pourquoi libérer/).focus();
  await screen.keyboard.type('caisse en panne');
  await screen.keyboard.press('Enter');
  await screen.getByText(/Libéré :/).waitFor();
  await expect.poll(() => screen.locator('[data-hold]').count()).toBe(1);
  expect(plain(await screen.locator(`[data-card="${held}"]`).innerText())).toContain('700');
});

it('[T28] the same in English on the smaller screen, by touch alone, where nothing is left to release', async () => {
  const screen = await open({ locale: 'en-GB', viewport: { width: 1024, height: 768 }, hasTouch: true });
  expect(plain((await screen.locator('[data-hold]').allInnerTexts()).join())).toContain('The till may still send it');
  expect(await screen.getByRole('button', { name: 'Release' }).count()).toBe(0);
  expect(await seriousFindings(screen)).toEqual([]);
  const wide = await screen.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});
