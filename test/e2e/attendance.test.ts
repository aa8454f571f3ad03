import { expect, it } from 'vitest';
import { z } from 'zod';
import { seriousFindings } from './axe.ts';
import { typeKeys } from './browser.ts';
import { demonstration, tapPad, touch } from './fixture.ts';

const demo = demonstration();

const Clocked = z.object({ value: z.object({ code: z.string(), direction: z.string(), by: z.string() }) });

it('[T28] clocks somebody in with the keyboard alone, out by touch alone, and nobody is signed in by it', async () => {
  const page = await demo.open();
  await page.keyboard.press('F10');
  const letter = await page.locator('[data-staff=cashier]').getAttribute('aria-keyshortcuts');
  await page.keyboard.press(letter ?? '', { delay: 50 });
  await typeKeys(page, demo.network.pinOf('cashier'));
  await page.keyboard.press('Enter');
  await page.locator('.verdict.go', { hasText: 'Arrivée pointée' }).waitFor();
  await page.locator('[data-clocked=cashier]').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator('.signin').waitFor();

  const touched = await demo.open(touch);
  await touched.locator('.rail .item', { hasText: 'Pointage' }).tap();
  await touched.locator('.btn', { hasText: 'Départ' }).first().tap();
  await touched.locator('[data-staff=cashier]').tap();
  await tapPad(touched, demo.network.pinOf('cashier'));
  expect(await seriousFindings(touched)).toEqual([]);
  await touched.locator('.btn', { hasText: /^Pointer/ }).tap();
  await touched.locator('.verdict.go', { hasText: 'Départ pointé' }).waitFor();
  await expect.poll(() => touched.locator('[data-clocked=cashier]').count()).toBe(2);

  const again = Clocked.parse(await demo.network.comptoir('attendance', 'in'));
  expect(again.value).toEqual({ code: 'cashier', direction: 'in', by: 'pin' });
});
