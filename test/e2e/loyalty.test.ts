import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { typeKeys } from './browser.ts';
import { demonstration, figure, key, plain, prompt, tapPad, touch } from './fixture.ts';

const demo = demonstration();

beforeEach(async () => {
  await demo.network.simulate('link', 'up');
  await demo.network.simulate('printer', 'ok');
  await demo.network.simulate('card', 'remove');
});

/** The tray's second card: a new customer of the demo.network. */
const newcomer = '0417554058';
/** The tray's first card: a customer of the shop with enough points for the first gifts. */
const regular = '0417209320';
const english = { ...touch, locale: 'en-GB' };

const verdict = (page: Page, text: string | RegExp) => page.locator('.verdict .word', { hasText: text }).waitFor();
const tapButton = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).tap();

const minorOf = (text: string) => Number(text.replace(/\D/g, ''));
const Issued = z.object({ value: z.object({ cardNumber: z.string() }) });
const Shown = z.object({ value: z.object({ balances: z.array(z.object({ balance: z.int() })) }) });
/** What the card holds, by the command. */
async function balanceOf(card: number): Promise<number> {
  await demo.network.simulate('card', 'remove');
  await demo.lay(card);
  const { value } = Shown.parse(await demo.network.comptoir('card', 'show'));
  await demo.network.simulate('card', 'remove');
  return value.balances[0]!.balance;
}
/** A customer of the shop with enough points for the first gift. */
async function sellTo(page: Page, card: number, amount: string): Promise<void> {
  await typeKeys(page, amount);
  await key(page, 'Enter');
  await prompt(page, /Présentez|Present/);
  await demo.lay(card);
  await page.locator('[data-print=confirmed]').waitFor();
}

describe('a gift within reach', () => {
  it.each([
    ['À dire au client : 2 cadeaux à sa portée, dont « Huile, 1 litre ».', {}],
    ['Tell the customer: 2 gifts within reach, such as “Cooking oil, 1 litre”.', english],
  ])('[T5] is said after a purchase: %s', async (words, options) => {
    const page = await demo.openAs('cashier', options);
    await sellTo(page, 1, '200');
    expect(plain(await page.locator('[data-in-reach]').innerText())).toBe(words);
    expect(await page.locator('.goal .h').innerText()).toMatch(/Encore|to go/);
  });

  it('is not said to who has none', async () => {
    const page = await demo.openAs('cashier');
    await sellTo(page, 2, '200');
    await page.locator('.goal').waitFor();
    expect(await page.locator('[data-in-reach]').count()).toBe(0);
  });
});

describe('points that are spent', () => {
  it('[T5] a gift is taken with the keyboard alone, from the choice to the ticket', async () => {
    const before = await balanceOf(1);
    const page = await demo.openAs('cashier');
    await key(page, 'd');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
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
    const page = await demo.openAs('cashier', english);
    await tapButton(page, /^Spend/);
    await prompt(page, 'Present the card');
    await demo.lay(1);
    await page.locator('.choice', { hasText: 'Money off' }).tap();
    const said = await page.locator('.choice', { hasText: 'Money off' }).innerText();
    const points = Number(/(\d+) points/.exec(said.replaceAll(',', ''))![1]);
    await tapButton(page, /^Take/);
    await verdict(page, /points taken/);
    expect(await balanceOf(1)).toBe(before - points);
  });

  it('[T5] asks for the PIN that the customer has set, refuses a wrong one, and goes on with the right one', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'g');
    await key(page, 'c');
    await prompt(page, 'Code actuel');
    await key(page, 'o');
    await chooseNewPin(page, '4711');
    await page.locator('[data-act=pin]').waitFor();
    await approve(page);
    await demo.lay(1);
    await verdict(page, 'Code enregistré');
    await key(page, 'Enter');
    await demo.network.simulate('card', 'remove');
    await key(page, 'F2');
    await key(page, 'd');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
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

  it('[T5] a customer who knows the PIN of today changes it without a manager; a wrong one is asked for again alone', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'g');
    await key(page, 'c');
    await prompt(page, 'Code actuel');
    await typeKeys(page, '9999');
    await key(page, 'Enter');
    await chooseNewPin(page, '8520');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-error=PinWrong]').waitFor();
    await typeKeys(page, '4711');
    await key(page, 'Enter');
    await verdict(page, 'Code enregistré');
  });

  it('leaving a card’s work frees the reader for the next sale', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'g');
    await key(page, 'u');
    await page.locator('[data-act=pin]').waitFor();
    await approve(page);
    await prompt(page, 'Présentez la carte');
    await key(page, 'F2');
    await typeKeys(page, '500');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
  });
});

/** The new PIN, twice. */
async function chooseNewPin(page: Page, pin: string): Promise<void> {
  for (const step of ['Nouveau code', 'Encore une fois']) {
    await prompt(page, step);
    await typeKeys(page, pin);
    await key(page, 'Enter');
  }
}

/** A manager allows what stands on the screen. */
async function approve(page: Page): Promise<void> {
  const letter = await page.locator('[data-staff=manager]').getAttribute('aria-keyshortcuts');
  await key(page, letter!);
  await typeKeys(page, demo.network.pinOf('manager'));
  await key(page, 'Enter');
}

describe('what is taken back', () => {
  it('[T20] a sale is reversed from its result with the keyboard alone, once a manager has allowed it', async () => {
    const before = await balanceOf(1);
    const page = await demo.openAs('cashier');
    await sellTo(page, 1, '2500');
    await demo.network.simulate('card', 'remove');
    await key(page, 'F8');
    await page.locator('[aria-label=Raison], [aria-label=Reason]').waitFor();
    expect(await figure(page, 'amount')).toBe('2 500');
    await key(page, 'r');
    await key(page, 'Enter');
    await page.locator('[data-act=reversal]').waitFor();
    await approve(page);
    await verdict(page, /2\s500\sF\sCFA contre-passés/u);
    await page.locator('[data-print=confirmed]').waitFor();
    await key(page, 'F7');
    await page.locator('.tkh', { hasText: 'DUPLICATA n° 1' }).waitFor();
    expect(await balanceOf(1)).toBe(before);
  });

  it('[T20] part of a sale goes back from the journal, by touch alone', async () => {
    const page = await demo.openAs('manager', english);
    await sellTo(page, 1, '3000');
    const sold = await balanceOf(1);
    await tapButton(page, /^Journal/);
    await page.locator('tr', { hasText: '3,000' }).first().tap();
    await tapButton(page, /^Reverse/);
    await page.locator('[aria-label=Raison], [aria-label=Reason]').waitFor();
    await tapPad(page, ['1', '00', '0']);
    await tapButton(page, /^Goods returned/);
    await tapButton(page, /^Reverse/);
    await verdict(page, /1,000/);
    expect(await balanceOf(1)).toBe(sold - 10);
  });
});

describe('cards', () => {
  it('[T4] [T2] a blank card becomes a working card with the keyboard alone', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'g');
    await key(page, 'e');
    await prompt(page, 'Présentez la carte');
    await demo.lay(3);
    await verdict(page, /Carte \d{4} \d{4} \d\d prête/);
    await key(page, 'Enter');
    await demo.network.simulate('card', 'remove');
    await key(page, 'F2');
    await sellTo(page, 3, '1000');
  });

  it('[T1] a card of the network that is new here is opened during its first sale', async () => {
    const page = await demo.openAs('cashier');
    await typeKeys(page, '1500');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(2);
    await page.locator('[data-print=confirmed]').waitFor({ timeout: 30_000 });
    expect(await figure(page, 'balance')).not.toBe('0');
  });

  it('[T20] a lost card is blocked by its number, by touch alone, and refused at the next tap', async () => {
    const page = await demo.openAs('manager', english);
    await tapButton(page, /^Cards/);
    await tapButton(page, /^Find by number/);
    await tapPad(page, newcomer);
    await tapButton(page, /^Find/);
    await page.locator('[data-status=active]').waitFor();
    await tapButton(page, /^Block: lost/);
    await verdict(page, /blocked/);
    await tapButton(page, /^Finish/);
    await tapButton(page, /^Purchase/);
    await tapPad(page, ['5', '00']);
    await tapButton(page, /^Read the card/);
    await prompt(page, 'Present the card');
    await demo.lay(2);
    await page.locator('[data-error=CardBlocked]').waitFor();
  });
});

describe('consulting', () => {
  it('[T6] [T19] shows what the card says beside what the server counts', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'F6');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-difference]').waitFor();
    await demo.network.simulate('card', 'remove');
    await demo.network.simulate('link', 'down');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('.history li').first().waitFor();
    expect(await page.locator('.eye').innerText()).toContain('Sans le serveur');
  });
});

describe('a card whose balance goes to another', () => {
  it('[T20] is not said to give what only the server knows, by touch alone', async () => {
    const page = await demo.openAs('manager', touch);
    await demo.network.simulate('link', 'down');
    await page.locator('.offline').waitFor();
    await tapButton(page, /^Cartes/);
    await tapButton(page, /^Remplacer une carte/);
    for (const number of [regular, newcomer]) {
      await tapPad(page, number);
      await tapButton(page, /^Continuer/);
    }
    await page.locator('[data-moves=unknown]', { hasText: 'Le serveur dira' }).waitFor();
    expect(await page.locator('[data-figure=moves]').count()).toBe(0);
    await tapButton(page, /^Revenir/);
  });

  it('[T20] [T28] says how many points move, from which to which, and its purse, before anybody confirms', async () => {
    await demo.lay(3);
    const { value } = Issued.parse(await demo.network.comptoir('card', 'issue'));
    await demo.network.simulate('card', 'remove');
    await demo.lay(1);
    await demo.network.comptoir('purse', 'top-up', '--amount', '2000');
    await demo.network.sale('500');
    const balance = await balanceOf(1);
    const page = await demo.openAs('cashier');
    await expect.poll(() => page.locator('.strip').innerText(), { timeout: 60_000 }).toContain('0 à envoyer');
    await key(page, 'g');
    await key(page, 'f');
    for (const number of [regular, value.cardNumber]) {
      await typeKeys(page, number);
      await key(page, 'Enter');
    }
    await page.locator('[data-figure=moves]').waitFor();
    expect(minorOf(await figure(page, 'moves'))).toBe(balance);
    const from = `${regular.slice(0, 4)} ${regular.slice(4, 8)} ${regular.slice(8)}`;
    expect(plain(await page.locator('.day-confirm').innerText())).toContain(`De la carte ${from} à la carte`);
    expect(plain(await page.locator('[data-moves=purse]').innerText())).toContain('2 000 F CFA');
    await key(page, 'f');
    await page.locator('[data-act=replace]', { hasText: 'points' }).waitFor();
    await approve(page);
    await verdict(page, 'points passés');
    expect(minorOf(await page.locator('.verdict .word').innerText())).toBe(balance);
  });
});
