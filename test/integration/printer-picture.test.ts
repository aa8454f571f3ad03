import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { finishTicket } from '#contract/tickets/finish.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { feedAndCut } from '#native/printers/commands.ts';
import { drawQr } from '#native/printers/draw-qr.ts';
import { encodeTicket } from '#native/printers/escpos.ts';
import { printerProfile, printerProfileNames } from '#native/printers/profiles.ts';
import { ticketHtml } from '#native/simulators/printer/picture.ts';
import { createPrinterSimulator } from '#native/simulators/printer/simulator.ts';
import { readQr } from '#test/harness/read-qr.ts';

const COLUMNS = 48;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  page = await browser.newPage();
});
afterAll(() => browser?.close());

const ticketSaying = (text: string): Ticket => ({
  language: 'fr',
  lines: [
    { kind: 'text', text: 'SUPÉRETTE <AKWABA>', align: 'center', bold: true },
    { kind: 'text', text, size: 'large' },
  ],
  cut: 'full',
  drawer: false,
});

/** The paper that comes out of a printer of this profile, as a PNG. */
async function pictureOf(ticket: Ticket, profileName = 'generic-80mm'): Promise<Buffer> {
  const profile = printerProfile(profileName);
  if (!profile.ok) throw new Error(profile.error.type);
  const bytes = encodeTicket(ticket, profile.value, drawQr);
  if (!bytes.ok) throw new Error(bytes.error.reason);
  const simulator = createPrinterSimulator(() => {});
  simulator.receive(bytes.value);
  // A printer without a cutter: the paper is torn off.
  if (simulator.printed().length === 0) simulator.receive(feedAndCut('full'));
  const paper = simulator.printed()[0] ?? expect.unreachable();
  await page.setContent(ticketHtml(paper, Math.max(profile.value.columns, COLUMNS)));
  return page.locator('#ticket').screenshot();
}

const inkOf = (picture: PNG): number => {
  let dark = 0;
  for (let at = 0; at < picture.data.length; at += 4) if (picture.data[at]! < 128) dark++;
  return dark;
};

it('[N8] the simulated printer’s paper is a picture too, accents and all', async () => {
  const read = async (text: string) => PNG.sync.read(await pictureOf(ticketSaying(text)));
  const [blank, plain, accented] = [await read(''), await read('gagne'), await read('gagné')];
  expect(plain.width).toBe(COLUMNS * 12 + 48);
  expect(inkOf(plain)).toBeGreaterThan(inkOf(blank));
  expect(inkOf(accented)).toBeGreaterThan(inkOf(plain));
  expect(await page.locator('#ticket').innerText()).toContain('<AKWABA>');
});

it.each(printerProfileNames())('[N10] a ticket’s QR on the paper of %s is read by another decoder', async (profile) => {
  const url = `https://central.example/verify/#${'A1b2-_'.repeat(48)}`;
  const ticket = finishTicket(ticketSaying('Merci'), { qr: url, training: false });
  expect(readQr(await pictureOf(ticket, profile))).toEqual({ text: url, version: 13 });
});
