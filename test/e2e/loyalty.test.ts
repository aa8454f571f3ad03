import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type OpenTill, signInByKeyboard, startBrowser, tillOpener, typeKeys } from './browser.ts';
import { type Network, startNetwork } from './network.ts';

let network: Network;
let browser: Browser;
let open: ReturnType<typeof tillOpener>;
let till: OpenTill | null = null;

beforeAll(async () => {
  network = await startNetwork();
  browser = await startBrowser();
  open = tillOpener(browser, network.tillUrl);
});
afterAll(async () => {
  await browser?.close();
  await network?.stop();
});
beforeEach(async () => {
  await network.simulate('link', 'up');
  await network.simulate('printer', 'ok');
  await network.simulate('card', 'remove');
});
afterEach(async () => {
  await till?.close();
  till = null;
});

/** The tray's second card: a new customer of the network. */
const newcomer = '0417554058';
const english = { locale: 'en-GB', viewport: { width: 1024, height: 768 }, hasTouch: true };

async function openAs(code: string, options: Parameters<typeof open>[0] = {}): Promise<Page> {
  till = await open(options);
  await signInByKeyboard(till.page, code, network.pinOf(code));
  return till.page;
}
const key = (page: Page, name: string) => page.keyboard.press(name, { delay: 45 });
const lay = (card: number) => network.simulate('card', 'present', String(card));
const figure = async (page: Page, name: string) =>
  (await page.locator(`[data-figure=${name}]`).first().innerText()).replace(/\s/gu, ' ');
const prompt = (page: Page, text: string | RegExp) => page.locator('.prompt h2', { hasText: text }).waitFor();
const verdict = (page: Page, text: string | RegExp) => page.locator('.verdict .word', { hasText: text }).waitFor();
const tapButton = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).tap();

const Shown = z.object({ value: z.object({ balances: z.array(z.object({ balance: z.int() })) }) });
/** What the card holds, by the command. */
async function balanceOf(card: number): Promise<number> {
  await network.simulate('card', 'remove');
  await lay(card);
  const { value } = Shown.parse(await network.comptoir('card', 'show'));
  await network.simulate('card', 'remove');
  return value.balances[0]!.balance;
}
/** A customer of the shop with enough points for the first gift. */
async function sellTo(page: Page, card: number, amount: string): Promise<void> {
  await typeKeys(page, amount);
  await key(page, 'Enter');
  await prompt(page, /Présentez|Present/);
  await lay(card);
  await page.locator('[data-print=confirmed]').waitFor();
}

describe('points that are spent', () => {
  it('[T5] a gift is taken with the keyboard alone, from the choice to the ticket', async () => {
    const before = await balanceOf(1);
    const page = await openAs('cashier');
    await key(page, 'd');
    await prompt(page, 'Présentez la carte');
    await lay(1);
    await page.locator('.choices').waitFor();
    await page.locator('.choice', { hasText: 'Savon de Marseille' }).waitFor();
    const letter = await page.locator('.choice', { hasText: 'Savon de Marseille' }).getAttribute('aria-keyshortcuts');
    await key(page, letter!);
    await key(page, 'Enter');
    await verdict(page, '200 points pris');
    await page.locator('[data-print=confirmed]').waitFor();
    expect(await page.locator('.verdict').innerText()).toContain('Savon de Marseille');
    expect((await page.locator('.paper').innerText()).replace(/\s/gu, ' ')).toContain('Savon de Marseille');
    expect(await balanceOf(1)).toBe(before - 200);
  });

  it('[T5] points become money off by touch alone, in English', async () => {
    const before = await balanceOf(1);
    const page = await openAs('cashier', english);
    await tapButton(page, /^Spend/);
    await prompt(page, 'Present the card');
    await lay(1);
    await page.locator('.choice', { hasText: 'Money off' }).tap();
    const said = await page.locator('.choice', { hasText: 'Money off' }).innerText();
    const points = Number(/(\d+) points/.exec(said.replaceAll(',', ''))![1]);
    await tapButton(page, /^Take/);
    await verdict(page, /points taken/);
    expect(await balanceOf(1)).toBe(before - points);
  });

  it('[T5] asks for the PIN that the customer has set, refuses a wrong one, and goes on with the right one', async () => {
    const page = await openAs('cashier');
    await key(page, 'g');
    await key(page, 'c');
    for (const pin of ['4711', '4711']) {
      await page.locator('.hand .dots').waitFor();
      await typeKeys(page, pin);
      await key(page, 'Enter');
    }
    if (await page.locator('[data-act=pin]').isVisible()) await approve(page);
    await lay(1);
    await verdict(page, 'Code enregistré');
    await key(page, 'Enter');
    await network.simulate('card', 'remove');
    await key(page, 'd');
    await prompt(page, 'Présentez la carte');
    await lay(1);
    await page.locator('.choices').waitFor();
    await key(page, '1');
    await key(page, 'Enter');
    await page.locator('[data-error=PinRequired]').waitFor();
    await typeKeys(page, '0000');
    await key(page, 'Enter');
    await page.locator('[data-error=PinWrong]').waitFor();
    await typeKeys(page, '4711');
    await key(page, 'Enter');
    await verdict(page, /points pris/);
  });
});

/** A manager allows what stands on the screen. */
async function approve(page: Page): Promise<void> {
  const letter = await page.locator('[data-staff=manager]').getAttribute('aria-keyshortcuts');
  await key(page, letter!);
  await typeKeys(page, network.pinOf('manager'));
  await key(page, 'Enter');
}

describe('what is taken back', () => {
  it('[T20] a sale is reversed from its result with the keyboard alone, once a manager has allowed it', async () => {
    const before = await balanceOf(1);
    const page = await openAs('cashier');
    await sellTo(page, 1, '2500');
    await network.simulate('card', 'remove');
    await key(page, 'F8');
    await page.locator('[aria-label=Raison], [aria-label=Reason]').waitFor();
    expect(await figure(page, 'amount')).toBe('2 500');
    await key(page, 'r');
    await key(page, 'Enter');
    await page.locator('[data-act=reversal]').waitFor();
    await approve(page);
    await verdict(page, /2\s500\sF\sCFA contre-passés/u);
    expect(await balanceOf(1)).toBe(before);
  });

  it('[T20] part of a sale goes back from the journal, by touch alone', async () => {
    const page = await openAs('manager', { ...english, locale: 'en-GB' });
    await sellTo(page, 1, '3000');
    const sold = await balanceOf(1);
    await tapButton(page, /^Journal/);
    await page.locator('tr', { hasText: '3,000' }).first().tap();
    await tapButton(page, /^Reverse/);
    await page.locator('[aria-label=Raison], [aria-label=Reason]').waitFor();
    for (const digits of ['1', '00', '0']) {
      await page.locator('.pad button', { hasText: new RegExp(`^${digits}$`) }).tap();
    }
    await tapButton(page, /^Goods returned/);
    await tapButton(page, /^Reverse/);
    await verdict(page, /1,000/);
    expect(await balanceOf(1)).toBe(sold - 10);
  });
});

describe('cards', () => {
  it('[T4] [T2] a blank card becomes a working card with the keyboard alone', async () => {
    const page = await openAs('cashier');
    await key(page, 'g');
    await key(page, 'e');
    await prompt(page, 'Présentez la carte');
    await lay(3);
    await verdict(page, /Carte \d{4} \d{4} \d\d prête/);
    await key(page, 'Enter');
    await network.simulate('card', 'remove');
    await key(page, 'F2');
    await sellTo(page, 3, '1000');
  });

  it('[T1] a card of the network that is new here is opened during its first sale', async () => {
    const page = await openAs('cashier');
    await typeKeys(page, '1500');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await lay(2);
    await page.locator('[data-print=confirmed]').waitFor({ timeout: 30_000 });
    expect(await figure(page, 'balance')).not.toBe('0');
  });

  it('[T20] a lost card is blocked by its number, by touch alone, and refused at the next tap', async () => {
    const page = await openAs('manager', english);
    await tapButton(page, /^Cards/);
    await tapButton(page, /^Find by number/);
    for (const digit of newcomer) {
      await page.locator('.pad button', { hasText: new RegExp(`^${digit}$`) }).tap();
    }
    await tapButton(page, /^Find/);
    await page.locator('[data-status=active]').waitFor();
    await tapButton(page, /^Block: lost/);
    await verdict(page, /blocked/);
    await tapButton(page, /^Finish/);
    await tapButton(page, /^Purchase/);
    for (const digits of ['5', '00']) {
      await page.locator('.pad button', { hasText: new RegExp(`^${digits}$`) }).tap();
    }
    await tapButton(page, /^Read the card/);
    await prompt(page, 'Present the card');
    await lay(2);
    await page.locator('[data-error=CardBlocked]').waitFor();
  });
});

describe('consulting', () => {
  it('[T6] [T19] shows what the card says beside what the server counts', async () => {
    const page = await openAs('cashier');
    await key(page, 'F6');
    await prompt(page, 'Présentez la carte');
    await lay(1);
    await page.locator('[data-difference]').waitFor();
    await network.simulate('card', 'remove');
    await network.simulate('link', 'down');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await lay(1);
    await page.locator('.history li').first().waitFor();
    expect(await page.locator('.eye').innerText()).toContain('Sans le serveur');
  });
});
