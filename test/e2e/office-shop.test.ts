import { readFileSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Download, Page } from 'playwright-core';
import readExcel from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildScreens } from '#build/renderer/build.ts';
import { foldDay } from '#contract/counter/day.ts';
import { expectedCashMinor, lateIn } from '#contract/counter/figures.ts';
import { localDayIn } from '#contract/counter/local-day.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { seriousFindings } from './axe.ts';
import { startBrowser } from './browser.ts';

let central: RunningCentral;
let browser: Browser;
const tills: CentralTill[] = [];

beforeAll(async () => {
  await buildScreens();
  central = await startCentral();
  browser = await startBrowser();
  for (const { code } of central.seed.enrolmentCodes.filter(({ shop }) => shop === 1)) {
    tills.push(await CentralTill.enrol(central.url, central.client(), code));
  }
  const [one, two] = tills as [CentralTill, CentralTill];
  one.sale(10_000, { wallTime: '2026-11-17T10:00:00.000Z' });
  close(one, '2026-11-17');
  one.sale(400, { wallTime: '2026-11-17T21:30:00.000Z' });
  one.sale(12_500, { wallTime: '2026-11-18T10:00:00.000Z' });
  close(one, '2026-11-18');
  two.sale(5_000, { wallTime: '2026-11-18T12:00:00.000Z' });
  close(two, '2026-11-18', 'Vente non saisie');
  two.sale(700, { wallTime: '2026-11-19T09:00:00.000Z' });
  for (const till of tills) await till.push();
});
afterAll(async () => {
  await browser?.close();
  await central?.stop();
});

/** A Z as a till makes it, with a drawer that is 50 short. */
function close(till: CentralTill, day: string, reason = 'Rendu de trop'): void {
  const since = till.entries.findLastIndex(({ entry }) => entry.kind === 'day.closed') + 1;
  const totals = foldDay(
    till.entries.slice(since).map(({ entry }) => entry),
    localDayIn('Africa/Abidjan'),
  );
  const number = till.entries.filter(({ entry }) => entry.kind === 'day.closed').length + 1;
  const expectedMinor = expectedCashMinor(totals);
  const cash = { expectedMinor, countedMinor: expectedMinor - 50, differenceMinor: -50, reason };
  const day_ = { day, totals, currency: 'XOF' as const, late: lateIn(totals, day), headHash: till.head!.hash };
  const body = { number, ...day_, ...cash, ticketNumber: `1-Z${number}`, blind: false, approvedBy: null };
  till.append('day.closed', { wallTime: `${day}T20:00:00.000Z`, staff: 'manager', body });
}

async function openOffice(address: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1366, height: 768 }, ...options });
  const page = await context.newPage();
  await page.goto(`${central.url}/office/#/${address}`);
  await page.getByRole('textbox').first().fill('manager');
  await page.locator('input[type=password]').fill(central.seed.staff.find(({ code }) => code === 'manager')!.pin);
  await page.keyboard.press('Enter');
  await page.locator('h1').waitFor();
  return page;
}

const plain = (text: string) => text.replace(/\s+/gu, ' ');
const saved = async (download: Download) => ({
  name: download.suggestedFilename(),
  bytes: readFileSync(await download.path()),
});

describe('the office’s files', () => {
  it('[T24] say how many rows before they start, and are saved as the browser gets them', async () => {
    const page = await openOffice('transactions');
    await page.locator('[data-figure=export-rows]', { hasText: /^Exporter 5\slignes$/u }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter 5 lignes en CSV' }).click(),
    ]);
    const { name, bytes } = await saved(download);
    expect(name).toBe('transactions.csv');
    expect(bytes.toString('utf8').split('\r\n')).toHaveLength(7);
    await page.getByText('Le fichier arrive').waitFor();
    await page.getByLabel('Du', { exact: true }).fill('2026-11-18');
    await page.locator('[data-figure=export-rows]', { hasText: /^Exporter 3\slignes$/u }).waitFor();
    const [sheet] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Exporter 3 lignes en XLSX' }).click(),
    ]);
    const file = await saved(sheet);
    expect(file.name).toBe('transactions-2026-11-18.xlsx');
    expect((await readExcel(file.bytes))[0]!.data).toHaveLength(4);
    await page.context().close();
  });
});

describe('the office’s tills', () => {
  it('[T12] [T41] are shown with their last contact; one more gets a code', async () => {
    const page = await openOffice('tills');
    await expect.poll(() => page.locator('[data-till]').count()).toBe(2);
    await page.getByLabel('Nom de la caisse').fill('Caisse 9');
    await page.keyboard.press('Enter');
    await page.locator('[data-secret]').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Code d’inscription de « Caisse 9 »');
    const code = await page.locator('[data-secret] output').innerText();
    const more = await CentralTill.enrol(central.url, central.client(), code);
    expect(more.enrolment.label).toBe('Caisse 9');
    await page.context().close();
  });

  it('[T25] are revoked by the keyboard alone, after what is lost has been said', async () => {
    const page = await openOffice('tills');
    const row = page.locator('[data-till]', { hasText: 'Caisse 9' });
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.getByText('n’a été reçue').waitFor();
    expect(await page.locator(':focus').innerText()).toBe('Ne rien changer');
    await page.keyboard.press('Enter');
    expect(await row.innerText()).not.toContain('Retirée');
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').innerText()).toBe('Retirer Caisse 9');
    await page.keyboard.press('Enter');
    await expect.poll(() => row.innerText()).toContain('Retirée');
    await page.context().close();
  });
});

describe('the office’s staff', () => {
  it('[T25] are added with a drawn PIN shown once, given a badge, and put out of service', async () => {
    const page = await openOffice('staff');
    await page.getByRole('link', { name: 'Ajouter une personne' }).click();
    await page.getByLabel('Nom', { exact: true }).fill('Fatou Diop');
    await page.getByLabel('Code', { exact: false }).first().fill('fatou');
    await page.keyboard.press('Enter');
    const secret = page.locator('[data-secret]');
    await secret.waitFor();
    expect(await secret.locator('output').innerText()).toMatch(/^\d{6}$/);
    await page.getByRole('link', { name: 'Retour' }).click();
    await page.getByRole('link', { name: 'Fatou Diop' }).click();
    await page.getByLabel('Texte du badge').fill('BADGE 4471');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Badge : oui' }).waitFor();
    await page.getByRole('button', { name: 'Mettre hors service' }).click();
    await page.getByRole('button', { name: 'Mettre Fatou Diop hors service' }).click();
    await page.getByRole('button', { name: 'Remettre en service' }).waitFor();
    await page.context().close();
  });

  it('[T25] keep a manager: the refusal is said in words', async () => {
    const page = await openOffice('staff/manager');
    await page.getByRole('button', { name: 'Mettre hors service' }).click();
    await page.getByRole('button', { name: 'Mettre Nadège Koffi hors service' }).click();
    await page.getByText('n’aurait plus de responsable').waitFor();
    await page.context().close();
  });
});

it('[T30] a key is shown once, and reads what its line says', async () => {
  const page = await openOffice('keys');
  await page.getByLabel('À quoi sert la clé').fill('Comptabilité');
  await page.keyboard.press('Enter');
  const key = await page.locator('[data-secret] output').innerText();
  const address = /"(http[^"]+)"/.exec(await page.locator('.example').innerText())![1]!;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${key}` } });
  expect((await answer.text()).split('\r\n')).toHaveLength(7);
  await page.reload();
  await page.locator('[data-key]').waitFor();
  expect(await page.content()).not.toContain(key);
  await page.context().close();
});

it('[T12] [N1] a day adds its tills up, and says what is of another date and what is open since', async () => {
  const page = await openOffice('days');
  const day = page.locator('[data-day="2026-11-18"]');
  await day.waitFor();
  expect(await day.locator('[data-z]').count()).toBe(2);
  const total = plain(await day.locator('[data-total]').innerText());
  expect(total).toContain('Boutique, 2 caisses');
  expect(total).toContain('17 900');
  expect(plain(await day.locator('[data-late]').innerText())).toContain('mar. 17 nov. 2026 (1, 400 F CFA)');
  expect(plain(await page.locator('[data-open="Caisse 2"]').innerText())).toContain('1 opération, 700 F CFA');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Exporter 3 lignes en CSV' }).click(),
  ]);
  expect((await saved(download)).bytes.toString('utf8')).toContain(';Rendu de trop;1;400');
  await page.context().close();
});

it('[N1] why a drawer differs is said in the reader’s language; what a person wrote is quoted as it stands', async () => {
  for (const [locale, known] of [
    ['fr-FR', 'écart expliqué par « Vente non saisie »'],
    ['en-GB', 'difference explained by “Sale not rung up”'],
  ] as const) {
    const page = await openOffice('days', { locale });
    const notes = page.locator('[data-day="2026-11-18"] .notes');
    await notes.waitFor();
    const said = plain(await notes.innerText());
    expect(said).toContain(known);
    expect(said).toContain('Rendu de trop');
    await page.context().close();
  }
});

describe('axe finds nothing serious and nothing scrolls sideways', () => {
  /** A page, and what shows that its rows have come: an empty table is narrow. */
  const pages = [
    ['transactions', '.tbl tbody tr'],
    ['days', '.tbl tbody tr'],
    ['tills', '.tbl tbody tr'],
    ['staff', '.tbl tbody tr'],
    ['staff/cashier', '.form'],
    ['staff/%2B', '.form'],
    ['keys', '.form'],
  ] as const;
  it.each([
    ['light', 1366, 768, 'fr-FR'],
    ['dark', 1024, 768, 'en-GB'],
    ['light', 320, 800, 'fr-FR'],
  ] as const)('%s at %i × %i in %s', async (colorScheme, width, height, locale) => {
    const page = await openOffice('transactions', { colorScheme, locale, viewport: { width, height } });
    for (const [address, shown] of pages) {
      await page.goto(`${central.url}/office/#/${address}`);
      await page.locator(shown).first().waitFor();
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect({ address, sideways, found: await seriousFindings(page) }).toEqual({ address, sideways: 0, found: [] });
    }
    await page.context().close();
  });
});
