import type { Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { typeKeys } from './browser.ts';
import { demonstration, figure, key, prompt, scan, tapPad, touch } from './fixture.ts';

const demo = demonstration();
const badges = { cashier: 'AKW-0001-7H2K', manager: 'AKW-0002-9QX4' } as const;
/** As the shop's settings have it from the start. */
const idleSeconds = 600;

/** The manager gives them their badges at the office, and the till hears of it. */
beforeAll(async () => {
  const { network } = demo;
  const send = (method: string, path: string, body: object, token = '') =>
    fetch(new URL(path, network.officeUrl), {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const code = 'manager';
  const signedIn = await send('POST', '/v1/office/sessions', { code, password: network.pinOf(code) });
  const { token } = z.object({ token: z.string() }).parse(await signedIn.json());
  for (const [person, badge] of Object.entries(badges)) {
    expect((await send('PUT', `/v1/office/staff/${person}/badge`, { badge }, token)).status).toBe(200);
  }
  expect(await network.comptoir('sync', '--wait')).toMatchObject({ ok: true });
});
beforeEach(() => demo.network.simulate('card', 'remove'));

const who = (page: Page) => page.locator('.rail .who').innerText();
const till = (page: Page, state: 'open' | 'locked') =>
  page.locator('.signin').waitFor({ state: state === 'open' ? 'detached' : 'visible' });

const Journal = z.object({
  value: z.object({
    entries: z.array(z.object({ kind: z.string(), staff: z.string().nullable(), amountMinor: z.number().nullable() })),
  }),
});
/** Who made the sales of this amount. */
const sellersOf = async (amountMinor: number) => {
  const { value } = Journal.parse(await demo.network.comptoir('journal', 'list', '--limit', '500'));
  return value.entries
    .filter((entry) => entry.kind === 'loyalty.sale' && entry.amountMinor === amountMinor)
    .map(({ staff }) => staff);
};

describe('badges with the keyboard alone', () => {
  it('[T25] a badge signs in, another takes over in the middle of a sale, which stays and is theirs', async () => {
    const page = await demo.open();
    await scan(page, badges.cashier);
    await till(page, 'open');
    expect(await who(page)).toContain('Awa');
    await typeKeys(page, '1310');
    await key(page, 'Control+l');
    await till(page, 'locked');
    await scan(page, badges.manager);
    await till(page, 'open');
    expect(await who(page)).toContain('Nadège');
    expect(await figure(page, 'amount')).toBe('1 310');
    await key(page, 'Enter');
    await prompt(page, 'Présentez la carte');
    await demo.lay(1);
    await page.locator('[data-figure=balance]').waitFor();
    expect(await sellersOf(1310)).toEqual(['manager']);
  });

  it('[T25] a badge of nobody is refused, without a link too, and whoever was there goes on', async () => {
    const page = await demo.open();
    await demo.network.simulate('link', 'down');
    await scan(page, 'AKW-0003-NONE');
    await page.locator('[data-error=SignInRefused]').waitFor();
    await scan(page, badges.cashier);
    await till(page, 'open');
    await typeKeys(page, '42');
    await key(page, 'Control+l');
    await scan(page, 'card:0417209320');
    await page.locator('[data-error=SignInRefused]').waitFor();
    await key(page, 'Escape');
    await till(page, 'open');
    expect(await who(page)).toContain('Awa');
    expect(await figure(page, 'amount')).toBe('42');
    await demo.network.simulate('link', 'up');
  });

  it('[T25] locks itself when nobody types, and keeps the amount for whoever comes', async () => {
    const page = await demo.openAs('cashier');
    await page.clock.install();
    await typeKeys(page, '7');
    await page.clock.fastForward((idleSeconds - 10) * 1_000);
    await typeKeys(page, '77');
    await page.clock.fastForward((idleSeconds - 10) * 1_000);
    expect(await page.locator('.signin').count()).toBe(0);
    await page.clock.fastForward(11_000);
    await till(page, 'locked');
    expect(await page.locator('.signin').innerText()).toContain('vente');
    await scan(page, badges.manager);
    await till(page, 'open');
    expect(await figure(page, 'amount')).toBe('777');
  });
});

describe('badges by touch alone', () => {
  it('[T25] the name is tapped, a badge scanned, and the sale in hand goes on; untouched it locks', async () => {
    const page = await demo.open(touch);
    await scan(page, badges.cashier);
    await till(page, 'open');
    await tapPad(page, ['6', '00']);
    await page.locator('.rail .who').tap();
    await till(page, 'locked');
    await scan(page, 'AKW-0003-NONE');
    await page.locator('[data-error=SignInRefused]').waitFor();
    await scan(page, badges.manager);
    await till(page, 'open');
    expect(await who(page)).toContain('Nadège');
    expect(await figure(page, 'amount')).toBe('600');
    await page.clock.install();
    await tapPad(page, '1');
    await page.clock.fastForward((idleSeconds - 10) * 1_000);
    await tapPad(page, '2');
    await page.clock.fastForward((idleSeconds - 10) * 1_000);
    expect(await page.locator('.signin').count()).toBe(0);
    await page.clock.fastForward(11_000);
    await till(page, 'locked');
    await page.locator('[data-staff=cashier]').tap();
    await tapPad(page, demo.network.pinOf('cashier'));
    await page.getByRole('button', { name: 'Ouvrir la caisse' }).tap();
    await till(page, 'open');
    expect(await figure(page, 'amount')).toBe('60 012');
  });
});
