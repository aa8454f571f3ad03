import { expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { signInByKeyboard, typeKeys } from './browser.ts';
import { demonstration, key, prompt, tapPad, touch } from './fixture.ts';

const demo = demonstration();

const Journal = z.object({ value: z.object({ entries: z.array(z.object({ kind: z.string() })) }) });
const liveKinds = async () =>
  Journal.parse(await demo.network.comptoir('journal', 'list')).value.entries.map(({ kind }) => kind);

it('[N8] a person practises a sale from the sign-in page, sees FACTICE and the stripes, and the real books do not move', async () => {
  const page = await demo.open();
  const before = await liveKinds();
  expect(await page.locator('.training-banner').count()).toBe(0);
  await key(page, 't');
  await page.locator('.training-banner').waitFor();
  await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
  await page.locator('.training-banner').waitFor();
  await typeKeys(page, '1250');
  await key(page, 'Enter');
  await prompt(page, 'Présentez la carte');
  await key(page, 's');
  await key(page, '1');
  await page.locator('[data-print=confirmed]').waitFor();
  expect(await page.locator('.paper').innerText()).toMatch(/FACTICE[\s\S]*n° F1-\d+[\s\S]*FACTICE/);
  await key(page, 'F9');
  await page.locator('.closing').waitFor();
  expect(await page.locator('.training-banner').count()).toBe(1);
  expect(await page.locator('.paper').innerText()).toMatch(/FACTICE[\s\S]*PROJET[\s\S]*FACTICE/);
  expect(await seriousFindings(page)).toEqual([]);
  await page.locator('.training-banner .btn').click();
  await page.locator('.signin').waitFor();
  await page.locator('.training-banner').waitFor({ state: 'detached' });
  expect(await liveKinds()).toEqual(before);
  await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
  await page.locator('.prompt.idle').waitFor();
});

it('[T4] [N8] a blank card is issued in training by touch alone', async () => {
  const page = await demo.open(touch);
  const before = await liveKinds();
  const tap = (name: string | RegExp) => page.getByRole('button', { name }).first().tap();
  await tap('S’entraîner');
  await page.locator('.training-banner').waitFor();
  await page.locator('[data-staff=cashier]').tap();
  await tapPad(page, demo.network.pinOf('cashier'));
  await tap('Ouvrir la caisse');
  await page.locator('.prompt.idle').waitFor();
  await tap(/^Cartes/);
  await tap(/^Émettre une carte/);
  await prompt(page, /carte/);
  await tap(/^Simulateur/);
  await page.locator('[data-card="8"]').tap();
  await page.locator('.verdict.go', { hasText: 'prête' }).waitFor();
  expect(await page.locator('.training-banner').count()).toBe(1);
  await page.locator('.training-banner .btn').tap();
  await page.locator('.signin').waitFor();
  expect(await liveKinds()).toEqual(before);
});

it('[N8] who is signed in goes to practise with the keyboard alone, and is asked before a sale is given up', async () => {
  const page = await demo.openAs('cashier');
  const amount = page.locator('[data-figure=amount]', { hasText: '777' });
  await typeKeys(page, '777');
  await key(page, 'Control+l');
  await key(page, 't');
  await page.locator('[data-training=question]').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await key(page, 'Enter');
  await page.locator('.signin').waitFor();
  await key(page, 'Escape');
  await amount.waitFor();
  await key(page, 'Enter');
  await prompt(page, 'Présentez la carte');
  await key(page, 'Control+l');
  await page.locator('.btn[aria-disabled=true]', { hasText: 'après cette vente' }).waitFor();
  await key(page, 't');
  await key(page, 'Escape');
  await key(page, 'Escape');
  await page.locator('.prompt.idle').waitFor();
  await typeKeys(page, '777');
  await key(page, 'Control+l');
  await key(page, 't');
  await key(page, 't');
  await page.locator('.training-banner').waitFor();
  await signInByKeyboard(page, 'cashier', demo.network.pinOf('cashier'));
  await page.locator('.prompt.idle').waitFor();
  expect(await amount.count()).toBe(0);
  await page.locator('.training-banner .btn').click();
  await page.locator('.training-banner').waitFor({ state: 'detached' });
  await page.locator('.signin').waitFor();
  expect(await page.locator('.rail .who').count()).toBe(0);
});

it('[N8] who is signed in goes to practise by touch alone', async () => {
  const page = await demo.openAs('cashier', { ...touch, locale: 'en-GB' });
  await page.locator('.rail .who').tap();
  await page.getByRole('button', { name: 'Leave the till and practise' }).tap();
  await page.locator('.training-banner').waitFor();
  await page.locator('.signin').waitFor();
  expect(await page.locator('.rail .who').count()).toBe(0);
});
