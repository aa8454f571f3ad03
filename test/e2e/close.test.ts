import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { signInByKeyboard, typeKeys } from './browser.ts';
import { demonstration, figure, key, tapPad, touch } from './fixture.ts';

const demo = demonstration();

beforeEach(async () => {
  await demo.network.simulate('printer', 'ok');
  await demo.lay(1);
  await demo.network.sale('1250');
  await demo.network.simulate('card', 'remove');
});

const paper = async (page: Page) => (await page.locator('.paper').innerText()).replace(/[^\S\n]/gu, ' ');
const press = (page: Page, name: string | RegExp) => page.locator('.hand .btn', { hasText: name }).click();

const Closings = z.object({
  value: z.object({ entries: z.array(z.object({ kind: z.string(), staff: z.string().nullable() })) }),
});
const closings = async (): Promise<number> => {
  const { value } = Closings.parse(await demo.network.comptoir('journal', 'list', '--limit', '500'));
  return value.entries.filter(({ kind }) => kind === 'day.closed').length;
};

describe('the end of the day with the keyboard alone', () => {
  it('[N1] goes from F9 to a Z with its difference and its reason', async () => {
    const page = await demo.openAs('cashier');
    await key(page, 'F9');
    await expect.poll(() => figure(page, 'expected')).toBe('1 250 F');
    expect(await paper(page)).toContain('PROJET');
    await key(page, 'x');
    await page.locator('[data-print=confirmed]').waitFor();
    expect(await paper(page)).toMatch(/^ ?X +n° 0001/m);
    await typeKeys(page, '1000');
    expect(await figure(page, 'difference')).toBe('250 F');
    const before = await closings();
    await key(page, 'Enter');
    await page.locator('.z-says').waitFor();
    expect(await page.locator('.z-says').innerText()).toContain('0001');
    await expect.poll(() => page.locator(':focus').innerText()).toContain('Revenir');
    await key(page, 'z');
    await page.locator('.btn[aria-disabled=true]', { hasText: 'Clore le Z' }).waitFor();
    await key(page, 'r');
    await key(page, 'z');
    await page.locator('.closed-day').waitFor();
    expect(await closings()).toBe(before + 1);
    const z = await paper(page);
    for (const words of ['SUPÉRETTE AKWABA', 'Z n° 0001', 'Espèces comptées', 'Motif : Rendu de monnaie']) {
      expect(z.replace(/ +/g, ' ')).toContain(words);
    }
    expect(z).not.toContain('PROJET');
    await page.locator('[data-print=confirmed]').waitFor();
    await key(page, 'F7');
    await page.locator('.tkh', { hasText: 'DUPLICATA' }).waitFor();
    await key(page, 'Enter');
    await page.locator('.prompt.idle').waitFor();
  });
});

describe('the end of the day by touch alone', () => {
  it('[N1] counts on the pad, and goes back before anything is closed', async () => {
    const page = await demo.openAs('manager', touch);
    await page.locator('.rail .item', { hasText: 'Clôture' }).tap();
    await page.locator('.cash .field').tap();
    await tapPad(page, '1250');
    expect(await figure(page, 'counted')).toBe('1 250 F');
    await page.locator('.hand .btn', { hasText: 'Clore la journée' }).tap();
    await page.locator('.z-says').waitFor();
    const before = await closings();
    await page.locator('.hand .btn', { hasText: 'Revenir' }).tap();
    await page.locator('.cash').waitFor();
    expect(await closings()).toBe(before);
    await page.locator('.hand .btn', { hasText: 'Clore la journée' }).tap();
    await page.locator('.hand .btn', { hasText: 'Clore le Z' }).tap();
    await page.locator('.closed-day').waitFor();
    expect(await closings()).toBe(before + 1);
  });
});

describe('the drawer', () => {
  it('[T25] asks a cashier for a manager on the spot, and the cashier stays signed in', async () => {
    const page = await demo.openAs('cashier');
    const who = await page.locator('.rail .who').innerText();
    await key(page, 'F9');
    await key(page, 't');
    await typeKeys(page, '500');
    await key(page, 'r');
    await key(page, 'b');
    await key(page, 'Enter');
    await page.locator('[data-act=cash-movement]').waitFor();
    expect(
      await page.locator('[data-staff]').evaluateAll((all) => all.map((one) => one.getAttribute('data-staff'))),
    ).toEqual(['manager']);
    await typeKeys(page, '000000');
    await key(page, 'Enter');
    await page.locator('[data-error=SignInRefused]').waitFor();
    await typeKeys(page, demo.network.pinOf('manager'));
    await key(page, 'Enter');
    await page.locator('.verdict', { hasText: 'Retiré du tiroir' }).waitFor();
    await key(page, 'Enter');
    await expect.poll(() => figure(page, 'expected')).toBe('750 F');
    expect(await page.locator('.rail .who').innerText()).toBe(who);
  });

  it('is opened with a float, once', async () => {
    const page = await demo.openAs('manager');
    await key(page, 'F9');
    await key(page, 'f');
    await typeKeys(page, '20000');
    await key(page, 'Enter');
    await page.locator('.verdict', { hasText: 'Journée ouverte' }).waitFor();
    await key(page, 'Enter');
    await page.locator('.btn[aria-disabled=true]', { hasText: 'Fond' }).waitFor();
  });
});

describe('the pages of the day', () => {
  it('have nothing that axe finds serious', async () => {
    const page = await demo.openAs('manager');
    await key(page, 'F9');
    await page.locator('.cash').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await typeKeys(page, '1');
    await key(page, 'Enter');
    await page.locator('.z-says').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await key(page, 'Escape');
    await key(page, 't');
    await page.locator('.sale .what').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await press(page, 'Retirer');
    await typeKeys(page, '5');
    await key(page, 'Escape');
  });
});

describe('a purchase that is not paid in cash', () => {
  it.each([
    ['the keyboard alone', (page: Page) => key(page, 'h'), {}],
    ['touch alone', (page: Page) => page.locator('.top .btn', { hasText: 'Payé en espèces' }).tap(), touch],
  ])('[N1] is not expected in the drawer, said with %s', async (_, say, options) => {
    const page = await demo.openAs('cashier', options);
    const expected = async () => {
      await key(page, 'F9');
      await page.locator('.cash').waitFor();
      const shown = await figure(page, 'expected');
      await key(page, 'F2');
      await page.locator('.prompt.idle').waitFor();
      return shown;
    };
    const before = await expected();
    await typeKeys(page, '3000');
    await say(page);
    await page.locator('.top .btn[aria-pressed=true]', { hasText: 'Payé autrement' }).waitFor();
    await key(page, 'Enter');
    await demo.lay(1);
    await page.locator('[data-print=confirmed]').waitFor();
    await demo.network.simulate('card', 'remove');
    await key(page, 'Enter');
    await page.locator('.top .btn[aria-pressed=false]', { hasText: 'Payé en espèces' }).waitFor();
    expect(await expected()).toBe(before);
    await demo.lay(1);
    await demo.network.sale('500');
    await demo.network.simulate('card', 'remove');
    expect(await expected()).not.toBe(before);
  });
});

describe('a copy of the Z', () => {
  it('[N1] that the till refuses is said to be refused, not to be unknown', async () => {
    const page = await demo.open();
    const url = page.url();
    await page.routeWebSocket('**/door', (socket) => {
      const server = socket.connectToServer();
      // The till is asked for a Z that it has not got.
      const another = (message: string) => message.replace(/"z":"[^"]+"/, '"z":"019f0000-0000-7000-8000-0000000000ff"');
      socket.onMessage((message) => server.send(typeof message === 'string' ? another(message) : message));
    });
    await page.goto('about:blank');
    await page.goto(url);
    await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
    await key(page, 'F9');
    await page.locator('.cash').waitFor();
    await typeKeys(page, String(minorOf(await figure(page, 'expected'))));
    await key(page, 'Enter');
    await key(page, 'z');
    await page.locator('[data-print=confirmed]').waitFor();
    await key(page, 'F7');
    await page.locator('[data-print=failed]').waitFor();
    await page.locator('.hand [data-error=EntryNotFound]').waitFor();
  });
});

/** A debt of the tray's first card, within a limit that the manager gives it in the office. */
async function owes(amountMinor: number): Promise<void> {
  const office = (path: string, method: string, body: unknown, token = '') =>
    fetch(new URL(`/v1/office/${path}`, demo.network.officeUrl), {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const signedIn = await office('sessions', 'POST', { code: 'manager', password: demo.network.pinOf('manager') });
  const { token } = z.object({ token: z.string() }).parse(await signedIn.json());
  const limited = await office('accounts/0417209320/credit-limit', 'PUT', { limitMinor: amountMinor }, token);
  expect(limited.status).toBe(200);
  await demo.lay(1);
  expect(await demo.network.comptoir('credit', 'draw', '--amount', String(amountMinor))).toMatchObject({ ok: true });
  await demo.network.simulate('card', 'remove');
}

describe('money for a card’s account that is not paid in cash', () => {
  const press = { keyboard: key, touch: (page: Page, _: string, text: string) => tapButton(page, text) };
  it.each([
    ['the keyboard alone', press.keyboard, typeKeys, {}],
    ['touch alone', press.touch, tapPad, touch],
  ])('[N1] [T28] is in the Z and not in the drawer, said with %s', async (_, choose, type, options) => {
    const page = await demo.openAs('cashier', options);
    const pay = async (act: [key: string, text: string], sum: string, otherwise: boolean) => {
      await choose(page, ...act);
      await type(page, sum);
      if (otherwise) {
        await choose(page, 'h', 'Payé en espèces');
        await page.locator('.top .btn[aria-pressed=true]', { hasText: 'Payé autrement' }).waitFor();
      }
      await choose(page, 'Enter', 'Lire la carte');
      await page.locator('.prompt', { hasText: 'Présentez la carte' }).waitFor();
      await demo.lay(1);
      await page.locator('.verdict.go').waitFor();
      await demo.network.simulate('card', 'remove');
      await choose(page, 'Enter', 'Autre opération');
    };
    const sumsOfDay = async () => {
      await choose(page, 'F9', 'Clôture');
      await page.locator('.cash').waitFor();
      return { expected: minorOf(await figure(page, 'expected')), otherwise: await otherwiseOnPaper(page) };
    };
    await owes(1_800);
    const before = await sumsOfDay();
    await choose(page, 'F2', 'Fidélité');
    await page.locator('.prompt.idle').waitFor();
    await choose(page, 'p', 'Porte-monnaie');
    await choose(page, 'b', 'Rembourser');
    expect(await page.locator('.top .btn').count()).toBe(0);
    await pay(['r', 'Recharger'], '4000', true);
    await pay(['e', 'Encaisser'], '1500', true);
    await pay(['e', 'Encaisser'], '300', false);
    const after = { expected: before.expected + 300, otherwise: before.otherwise + 5_500 };
    expect(await sumsOfDay()).toEqual(after);
    if (type === tapPad) await page.locator('.cash .field').tap();
    await type(page, String(after.expected));
    await choose(page, 'Enter', 'Clore la journée');
    await choose(page, 'z', 'Clore le Z');
    await page.locator('.closed-day').waitFor();
    expect(await otherwiseOnPaper(page)).toBe(after.otherwise);
    expect(minorOf(await figure(page, 'expected'))).toBe(after.expected);
  });
});

const minorOf = (figure: string) => Number(figure.replace(/\D/g, ''));
const otherwiseOnPaper = async (page: Page) => minorOf(/dont hors espèces(.*)/.exec(await paper(page))?.[1] ?? '0');
const tapButton = (page: Page, text: string) => page.locator('.btn, .rail .item', { hasText: text }).first().tap();
