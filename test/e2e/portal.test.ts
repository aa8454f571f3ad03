import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepPin } from '#backend/cards/pins/keep-pin.ts';
import { pinHashes } from '#backend/cards/pins/pin-hashes.ts';
import { keptSecret } from '#backend/db/embedded/secret.ts';
import { inTenant } from '#backend/db/tenancy.ts';
import { buildScreens } from '#build/renderer/build.ts';
import { FeedItem } from '#contract/central/feed.ts';
import { type RunningCentral, startCentral } from '#test/harness/central.ts';
import { CentralTill } from '#test/harness/central-till.ts';
import { seriousFindings } from './axe.ts';
import { startBrowser } from './browser.ts';

const card = '0417209320';
let central: RunningCentral;
let browser: Browser;
let till: CentralTill;

beforeAll(async () => {
  await buildScreens();
  central = await startCentral();
  browser = await startBrowser();
  const { code } = central.seed.enrolmentCodes.find(({ shop }) => shop === 1)!;
  till = await CentralTill.enrol(central.url, central.client(), code);
  for (const amount of [1_250, 900]) till.sale(amount, { cardNumber: card });
  await till.push();
  const secret = await keptSecret(`${central.folder}/server.secret`, () => Buffer.alloc(32));
  const { tenant } = till.enrolment;
  const pinHash = await pinHashes(secret).hash('4711');
  await inTenant(central.app, tenant, (trx) => keepPin(trx, { tenant, cardNumber: card, pinHash, now: new Date() }));
});
afterAll(async () => {
  await browser?.close();
  await central?.stop();
});

async function openPortal(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 390, height: 844 }, ...options });
  const page = await context.newPage();
  await page.goto(`${central.url}/portal/?network=${central.seed.network.id}`);
  return page;
}

async function signIn(page: Page, pin: string): Promise<void> {
  await page.getByLabel(/Numéro de la carte|Card number/).fill('0417 2093 20');
  await page.getByLabel(/Code secret de la carte|Card PIN/).fill(pin);
  await page.keyboard.press('Enter');
}

const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe('the cardholder’s page on a telephone', () => {
  it('[T31] [T10] shows the card’s balance and operations shop by shop, with the keyboard alone', async () => {
    const page = await openPortal();
    await signIn(page, '4711');
    const shop = page.locator('[data-shop]');
    await shop.waitFor();
    const text = (await shop.innerText()).replace(/\s+/gu, ' ');
    expect(text).toContain(till.enrolment.shop.name);
    expect(text).toContain('+12 1 250 F CFA');
    expect(await page.locator(':focus').innerText()).toContain('0417 2093 20');
    expect(await page.evaluate(() => [document.cookie, JSON.stringify({ ...sessionStorage })])).toEqual(['', '{}']);
    await page.context().close();
  });

  it('refuses a wrong PIN in words and puts the focus on them; nothing is there after a reload', async () => {
    const page = await openPortal();
    await signIn(page, '0000');
    await page.getByRole('alert').waitFor();
    expect(await page.locator(':focus').innerText()).toContain('ne vont pas ensemble');
    await signIn(page, '4711');
    await page.locator('[data-shop]').waitFor();
    await page.reload();
    await page.getByLabel('Numéro de la carte').waitFor();
    await page.context().close();
  });

  it('[T31] changes the PIN, says what a till without a link does, and where the card has still to follow', async () => {
    const page = await openPortal();
    await signIn(page, '4711');
    await page.getByRole('button', { name: 'Changer mon code secret' }).click();
    await page.getByLabel('Code actuel').fill('4711');
    expect(await page.locator('form').innerText()).toContain('une caisse hors ligne refuse le code');
    await page.getByLabel('Nouveau code', { exact: false }).first().fill('4711');
    await page.getByLabel('Nouveau code, encore une fois').fill('4711');
    await page.keyboard.press('Enter');
    await page.getByText('le même que l’actuel').waitFor();
    await page.getByLabel('Nouveau code', { exact: false }).first().fill('2468');
    await page.getByLabel('Nouveau code, encore une fois').fill('2469');
    await page.keyboard.press('Enter');
    await page.getByText('ne sont pas les mêmes').waitFor();
    await page.getByLabel('Nouveau code, encore une fois').fill('2468');
    await page.keyboard.press('Enter');
    const done = page.getByRole('status').filter({ hasText: 'changé dans 1 boutique' });
    await done.waitFor();
    expect(await done.innerText()).toContain('à votre prochain passage');
    await page.locator('[data-shop] .behind').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('status').filter({ hasText: 'shop by shop' }).waitFor();
    await page.getByRole('button', { name: 'Français' }).click();
    await page.getByRole('button', { name: 'Fermer' }).click();
    await signIn(page, '2468');
    await page.locator('[data-shop]').waitFor();
    await page.context().close();
  });

  it('[T11] [T31] does it all by touch alone', async () => {
    const page = await openPortal({ hasTouch: true, isMobile: true });
    const type = async (label: string, text: string) => {
      await page.getByLabel(label, { exact: true }).tap();
      await page.keyboard.insertText(text);
    };
    await page.getByLabel('Numéro de la carte').tap();
    await page.keyboard.insertText('0417209320');
    await page.getByLabel('Code secret de la carte').tap();
    await page.keyboard.insertText('2468');
    await page.getByRole('button', { name: 'Continuer' }).tap();
    await page.locator('[data-shop]').waitFor();
    await page.getByRole('button', { name: 'Changer mon code secret' }).tap();
    await type('Code actuel', '0000');
    await page.getByLabel('Nouveau code', { exact: false }).first().tap();
    await page.keyboard.insertText('1357');
    await type('Nouveau code, encore une fois', '1357');
    await page.getByRole('button', { name: 'Changer le code' }).tap();
    await page.getByText('Ce n’est pas le code actuel').waitFor();
    await page.getByRole('button', { name: 'Ne rien changer' }).tap();
    await page.getByRole('button', { name: 'J’ai perdu ma carte' }).tap();
    await page.getByRole('button', { name: 'Ne rien changer' }).tap();
    const small = await page
      .locator('button')
      .evaluateAll((buttons) =>
        buttons.map((button) => button.getBoundingClientRect().height).filter((height) => height < 44),
      );
    expect(small).toEqual([]);
    await page.getByRole('button', { name: 'Fermer' }).tap();
    await page.getByLabel('Numéro de la carte').waitFor();
    await page.context().close();
  });

  it.each(['light', 'dark'] as const)(
    'axe finds nothing serious and nothing scrolls sideways, %s',
    async (colorScheme) => {
      const page = await openPortal({ colorScheme, locale: 'en-GB' });
      const found: Record<string, string[]> = { 'sign-in': await seriousFindings(page) };
      await signIn(page, '2468');
      await page.locator('[data-shop]').waitFor();
      found.card = await seriousFindings(page);
      expect(await sideways(page)).toBe(0);
      await page.getByRole('button', { name: 'Change my PIN' }).click();
      found.pin = await seriousFindings(page);
      await page.getByRole('button', { name: 'Change nothing' }).click();
      await page.getByRole('button', { name: 'I have lost my card' }).click();
      found.loss = await seriousFindings(page);
      await page.setViewportSize({ width: 320, height: 700 });
      expect(await sideways(page)).toBe(0);
      await page.context().close();
      expect(found).toEqual({ 'sign-in': [], card: [], pin: [], loss: [] });
    },
  );

  it('[T31] declares the card lost: the safe answer has the focus, and the tills learn it', async () => {
    const page = await openPortal();
    const { cursor } = await till.client().terminals.feed({ terminal: till.id, cursor: 0 });
    await signIn(page, '2468');
    await page.getByRole('button', { name: 'J’ai perdu ma carte' }).click();
    expect(await page.locator(':focus').innerText()).toBe('Ne rien changer');
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-status]').count()).toBe(0);
    await page.getByRole('button', { name: 'J’ai perdu ma carte' }).click();
    await page.getByRole('button', { name: 'Bloquer la carte' }).click();
    await page.locator('[data-status=blocked]').waitFor();
    const { items } = await till.client().terminals.feed({ terminal: till.id, cursor });
    expect(items.map((item) => FeedItem.parse(item))).toContainEqual({
      item: 'blocked-card',
      cardNumber: card,
      blocked: true,
    });
    await page.context().close();
  });
});
