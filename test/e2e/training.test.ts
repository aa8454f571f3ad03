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
