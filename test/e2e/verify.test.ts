import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PaperPrinter } from '#test/harness/paper-printer.ts';
import { readQr } from '#test/harness/read-qr.ts';
import { seriousFindings } from './axe.ts';
import { typeKeys } from './browser.ts';
import { demonstration, prompt } from './fixture.ts';

const demo = demonstration();
let printer: PaperPrinter;
let phone: BrowserContext | null = null;

beforeAll(async () => {
  printer = await PaperPrinter.start();
});
afterAll(() => printer?.stop());
afterEach(async () => {
  await phone?.close();
  phone = null;
});

/** Sells, and reads the QR off the paper as a phone's camera does. */
async function soldQr(profile: string, amount = '12500'): Promise<{ text: string; version: number }> {
  const set = await demo.network.comptoir('device', 'set', 'printer', printer.address, '--profile', profile);
  expect(set).toMatchObject({ ok: true });
  const before = printer.tickets().length;
  await demo.network.simulate('card', 'remove');
  await demo.lay(1);
  expect(await demo.network.sale(amount)).toMatchObject({ ok: true });
  await expect.poll(() => printer.tickets().length, { timeout: 15_000 }).toBeGreaterThan(before);
  return qrOnPaper();
}

async function qrOnPaper(): Promise<{ text: string; version: number }> {
  const page = await demo.browser.newPage();
  await page.setContent(printer.lastTicketHtml(48) ?? expect.unreachable());
  const picture = await page.locator('#ticket').screenshot();
  await page.close();
  return readQr(picture) ?? expect.unreachable();
}

async function onPhone(url: string, locale = 'fr-FR'): Promise<Page> {
  phone = await demo.browser.newContext({
    locale,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const page = await phone.newPage();
  await page.goto(url);
  return page;
}

const verdictOf = (page: Page, verdict: string) => page.locator(`[data-verdict=${verdict}]`).waitFor();
const factsOn = async (page: Page) => (await page.locator('dl').innerText()).replaceAll(/\s+/gu, ' ');

describe('the ticket’s QR on a phone', () => {
  it.each(['no-status', 'generic-80mm'])(
    '[N10] off the paper of a %s printer, with the network cut: authentic, with its facts; one character changed: altered',
    async (profile) => {
      const { text, version } = await soldQr(profile);
      expect(version).toBeLessThanOrEqual(13);
      const [pageUrl = '', token = ''] = text.split('#');
      const page = await onPhone(pageUrl);
      await verdictOf(page, 'none');
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      await phone!.setOffline(true);
      await page.goto('about:blank');
      await page.goto(text);
      await verdictOf(page, 'authentic');
      const facts = await factsOn(page);
      for (const part of ['Supérette Akwaba', 'Achat', '12 500 F CFA', '+125', 'finit par 9320']) {
        expect(facts).toContain(part);
      }
      const changed = token.slice(0, 40) + (token[40] === 'A' ? 'B' : 'A') + token.slice(41);
      await page.goto('about:blank');
      await page.goto(`${pageUrl}#${changed}`);
      await verdictOf(page, 'altered');
      expect(await page.locator('dl').count()).toBe(0);
      await page.goto('about:blank');
      await page.goto(`${pageUrl}#${token.slice(0, 90)}`);
      await verdictOf(page, 'unreadable');
    },
  );

  it('[N10] of a duplicate is authentic, and says that it is a copy', async () => {
    const till = await demo.openAs('cashier');
    await demo.network.simulate('card', 'remove');
    await typeKeys(till, '900');
    await till.keyboard.press('Enter', { delay: 50 });
    await prompt(till, 'Présentez la carte');
    await demo.lay(1);
    await till.locator('[data-print=confirmed]').waitFor();
    const first = await qrOnPaper();
    expect(await till.locator('.paper svg.qr').getAttribute('data-qr')).toBe(first.text);
    const printed = printer.tickets().length;
    await till.keyboard.press('F7', { delay: 50 });
    await expect.poll(() => printer.tickets().length, { timeout: 15_000 }).toBe(printed + 1);
    const copy = await qrOnPaper();
    await demo.close();
    const page = await onPhone(first.text);
    await verdictOf(page, 'authentic');
    await page.goto('about:blank');
    await page.goto(copy.text);
    await verdictOf(page, 'copy');
    expect(await page.locator('[data-verdict]').innerText()).toContain('Duplicata n° 1');
  });

  it('[N10] opens from a file of one’s own, without any server', async () => {
    const { text } = await soldQr('generic-80mm', '700');
    const [pageUrl = '', token = ''] = text.split('#');
    const saved = await (await fetch(pageUrl)).text();
    const folder = await mkdtemp(`${tmpdir()}/comptoir-verify-`);
    await writeFile(`${folder}/verify.html`, saved);
    const page = await onPhone(`file://${folder}/verify.html#${token}`, 'en-GB');
    await phone!.setOffline(true);
    await verdictOf(page, 'authentic');
    expect(await page.locator('.word').innerText()).toContain('Authentic');
    await rm(folder, { recursive: true });
  });

  it('[N10] takes the code’s text typed or scanned into it, speaks two languages, and fits a phone', async () => {
    const { text } = await soldQr('generic-80mm', '300');
    const [pageUrl = '', token = ''] = text.split('#');
    const page = await onPhone(pageUrl);
    await verdictOf(page, 'none');
    await page.getByLabel('Ou collez ici').fill(token);
    await page.getByRole('button', { name: 'Vérifier' }).click();
    await verdictOf(page, 'authentic');
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.locator('.word').innerText()).toContain('Authentic');
    expect(await seriousFindings(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
  });
});
