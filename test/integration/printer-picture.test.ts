import { chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { encodeTicket } from '#native/printers/escpos.ts';
import { printerProfile } from '#native/printers/profiles.ts';
import { ticketHtml } from '#native/simulators/printer/picture.ts';
import { createPrinterSimulator } from '#native/simulators/printer/simulator.ts';

const COLUMNS = 48;

function printed(text: string) {
  const ticket: Ticket = {
    language: 'fr',
    lines: [
      { kind: 'text', text: 'SUPÉRETTE <AKWABA>', align: 'center', bold: true },
      { kind: 'text', text, size: 'large' },
    ],
    cut: 'full',
    drawer: false,
  };
  const profile = printerProfile('generic-80mm');
  const bytes = encodeTicket(ticket, profile.ok ? profile.value : expect.unreachable(), null);
  const simulator = createPrinterSimulator(() => {});
  simulator.receive(bytes.ok ? bytes.value : expect.unreachable());
  return simulator.printed()[0]!;
}

const inkOf = (picture: PNG): number => {
  let dark = 0;
  for (let at = 0; at < picture.data.length; at += 4) if (picture.data[at]! < 128) dark++;
  return dark;
};

it('[N8] the simulated printer’s paper is a picture too, accents and all', async () => {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const pictureOf = async (text: string) => {
      await page.setContent(ticketHtml(printed(text), COLUMNS));
      return PNG.sync.read(await page.locator('#ticket').screenshot());
    };
    const [blank, plain, accented] = [await pictureOf(''), await pictureOf('gagne'), await pictureOf('gagné')];
    expect(plain.width).toBe(COLUMNS * 12 + 48);
    expect(inkOf(plain)).toBeGreaterThan(inkOf(blank));
    expect(inkOf(accented)).toBeGreaterThan(inkOf(plain));
    expect(await page.locator('#ticket').innerText()).toContain('<AKWABA>');
  } finally {
    await browser.close();
  }
});
