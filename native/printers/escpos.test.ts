import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import { drawQr } from './draw-qr.ts';
import { encodeTicket } from './escpos.ts';
import { printableText } from './printable.ts';
import type { PrinterProfile } from './profile.ts';
import { printerProfile } from './profiles.ts';

const profileOf = (name: string, change: Partial<PrinterProfile> = {}): PrinterProfile => {
  const profile = printerProfile(name);
  if (!profile.ok) throw new Error(profile.error.type);
  return { ...profile.value, ...change };
};
const ticketOf = (...lines: TicketLine[]): Ticket => ({ language: 'fr', lines, cut: 'none', drawer: false });
const text = (value: string): TicketLine => ({ kind: 'text', text: value });
const generic = profileOf('generic-80mm');

/** The bytes after the fixed beginning: ESC @, FS ., ESC R 0, ESC t 19. */
const bodyOf = (ticket: Ticket, profile = generic): string => {
  const encoded = encodeTicket(ticket, profile, null);
  return encoded.ok
    ? Buffer.from(encoded.value)
        .toString('hex')
        .replace(/^1b401c2e1b52001b7413/, '')
    : encoded.error.reason;
};

it('begins each ticket from a known state', () => {
  const encoded = encodeTicket(ticketOf(), profileOf('epson-tm-t20'), null);
  expect(encoded).toEqual({ ok: true, value: Uint8Array.of(0x1b, 0x40, 0x1d, 0x61, 0, 0x1b, 0x52, 0, 0x1b, 0x74, 16) });
  expect(bodyOf(ticketOf())).toBe('');
});

it('[T7] writes French accents and the euro in the printer’s own code page', () => {
  expect(bodyOf(ticketOf(text('é è ç €')))).toBe('82208a208720d50a');
});

it('changes page only for the characters that the current one lacks', () => {
  expect(bodyOf(ticketOf(text('cœur ♥')))).toBe('631b74109c7572203f0a');
  expect(bodyOf(ticketOf(text('éœé'), text('é'))), 'stays on the page that serves').toBe('821b74109ce90ae90a');
});

it('falls back to letters that resemble, and keeps the columns true', () => {
  const poor = profileOf('generic-80mm', { codePages: [{ page: 'pc437', select: 0 }], columns: 20 });
  const encoded = encodeTicket(ticketOf({ kind: 'columns', left: 'Œuvre', right: '5 €' }), poor, null);
  expect(encoded.ok && Buffer.from(encoded.value).toString('latin1')).toBe(
    '\x1b@\x1c.\x1bR\0\x1bt\0OEuvre         5 EUR\n',
  );
});

it('prints no-break spaces as spaces', () => {
  expect(bodyOf(ticketOf(text('1\u202f250\u00a0F')))).toBe(Buffer.from('1 250 F\n').toString('hex'));
});

it('wraps bold and large around their line', () => {
  expect(bodyOf(ticketOf({ kind: 'text', text: 'A', bold: true, size: 'large' }))).toBe('1b45011d2111410a1d21001b4500');
});

it.each([
  ['both', 'full', '1d564100'],
  ['both', 'partial', '1d564200'],
  ['partial', 'full', '1d564200'],
  ['full', 'partial', '1d564100'],
  ['none', 'full', '1b6404'],
] as const)('with cutter %s and cut %s', (cutter, cut, expected) => {
  expect(bodyOf({ ...ticketOf(), cut }, { ...generic, cutter, tearFeedLines: 4 })).toBe(expected);
});

it('opens the drawer before the paper, where there is one', () => {
  expect(bodyOf({ ...ticketOf(text('A')), drawer: true })).toBe('1b700032fa410a');
  expect(bodyOf({ ...ticketOf(text('A')), drawer: true }, { ...generic, drawer: null })).toBe('410a');
});

it('has the printer draw a QR, centred', () => {
  const modelSizeLevel = ['1d286b04003141', '3200', '1d286b03003143', '06', '1d286b03003145', '31'];
  const storeAndPrint = ['1d286b06003150', '30', Buffer.from('HC1').toString('hex'), '1d286b03003151', '30'];
  expect(bodyOf(ticketOf({ kind: 'qr', data: 'HC1' }))).toBe(
    ['1b6101', ...modelSizeLevel, ...storeAndPrint, '1b6100'].join(''),
  );
});

it('draws the QR itself for a printer that cannot', () => {
  const chess = { size: 3, isDark: (x: number, y: number) => (x + y) % 2 === 0 };
  const profile = profileOf('no-status', { qr: { by: 'raster', moduleDots: 1 } });
  const encoded = encodeTicket(ticketOf({ kind: 'qr', data: 'x' }), profile, () => chess);
  expect(encoded.ok && Buffer.from(encoded.value).toString('hex')).toBe(
    ['1b401b52001b74021b6101', '1d763000', '0100', '0b00', '00000000a040a000000000', '1b6100'].join(''),
  );
});

it('says why a QR cannot be printed', () => {
  const raster = profileOf('no-status');
  const qr = ticketOf({ kind: 'qr', data: 'x' });
  const reason = (drawQr: Parameters<typeof encodeTicket>[2]) => {
    const encoded = encodeTicket(qr, raster, drawQr);
    return encoded.ok ? null : encoded.error;
  };
  expect(reason(null)).toEqual({ type: 'TicketNotPrintable', reason: 'qr-not-drawable' });
  expect(reason(() => null)).toEqual({ type: 'TicketNotPrintable', reason: 'qr-too-long' });
  expect(reason(() => ({ size: 4000, isDark: () => true }))).toEqual({
    type: 'TicketNotPrintable',
    reason: 'qr-too-wide',
  });
  expect(bodyOf(ticketOf({ kind: 'qr', data: 'é'.repeat(1200) }))).toBe('qr-too-long');
});

it('lets no text through as a command', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
      const sent = Buffer.from(bodyOf(ticketOf(text(value))), 'hex').toString('latin1');
      const withoutOurs = Buffer.from(
        sent.replaceAll('\x1bt\0', '').replaceAll('\x1bt\x10', '').replaceAll('\x1bt\x13', ''),
        'latin1',
      );
      expect(withoutOurs.every((byte) => byte === 0x0a || byte >= 0x20)).toBe(true);
    }),
  );
});

it.each([
  ['l’été…', "l'été..."],
  ['Đà Nẵng', 'Dà Nang'],
  ['a\u200db\u200e', 'ab'],
  ['東京 ✓', '?? v'],
  ['e\u0301', 'é'],
])('prints %j as %j', (given, expected) => {
  expect(printableText(given, (character) => 'éà'.includes(character))).toBe(expected);
});

it('[N10] makes the modules of a printer’s own QR smaller before the symbol is wider than its paper', () => {
  const narrow = profileOf('generic-58mm');
  const modulesOf = (data: string) => {
    const encoded = encodeTicket(ticketOf({ kind: 'qr', data }), narrow, drawQr);
    const hex = encoded.ok ? Buffer.from(encoded.value).toString('hex') : '';
    return Number.parseInt(/1d286b03003143(..)/.exec(hex)?.[1] ?? '', 16);
  };
  expect(modulesOf('a'.repeat(331))).toBe(5);
  expect(modulesOf('a'.repeat(480))).toBe(4);
});
