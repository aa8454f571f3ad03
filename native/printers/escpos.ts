import { err, ok, type Result } from '#contract/result/index.ts';
import { type LaidLine, layOut } from '#contract/tickets/layout.ts';
import type { Ticket } from '#contract/tickets/ticket.ts';
import { joined } from './bytes.ts';
import { type CharacterEncoder, createCharacterEncoder } from './character-encoder.ts';
import * as commands from './commands.ts';
import { printableTicket } from './printable.ts';
import type { PrinterProfile } from './profile.ts';
import { type DrawQr, qrByRaster } from './qr-raster.ts';

/** This ticket cannot be put into bytes for this printer. Nothing was sent. */
export type TicketNotPrintable = {
  type: 'TicketNotPrintable';
  reason: 'qr-too-long' | 'qr-too-wide' | 'qr-not-drawable';
};

/** ISO/IEC 18004 table 7: bytes in the largest symbol, version 40, at level M. */
const QR_BYTES_MAX = 2331;

function encodeQr(
  text: string,
  profile: PrinterProfile,
  drawQr: DrawQr | null,
): Result<Uint8Array[], TicketNotPrintable> {
  const refused = (reason: TicketNotPrintable['reason']) =>
    err<TicketNotPrintable>({ type: 'TicketNotPrintable', reason });
  if (profile.qr.by === 'none') return ok([]);
  const data = new TextEncoder().encode(text);
  if (data.length > QR_BYTES_MAX) return refused('qr-too-long');
  let symbol: Uint8Array[];
  if (profile.qr.by === 'printer') {
    symbol = commands.qrByPrinter(data, fittingDots(text, profile, drawQr));
  } else {
    if (drawQr === null) return refused('qr-not-drawable');
    const qr = drawQr(text);
    if (qr === null) return refused('qr-too-long');
    const drawn = qrByRaster(qr, profile.qr.moduleDots, profile.dotsPerLine);
    if (drawn === null) return refused('qr-too-wide');
    symbol = drawn;
  }
  return ok([commands.align('center'), ...symbol, commands.align('left')]);
}

/** A printer draws a symbol wider than its paper not at all, or cut off: its modules become smaller before that. */
function fittingDots(text: string, { qr, dotsPerLine }: PrinterProfile, drawQr: DrawQr | null): number {
  const size = drawQr?.(text)?.size ?? 0;
  return size === 0 ? qr.moduleDots : Math.max(1, Math.min(qr.moduleDots, Math.floor(dotsPerLine / size)));
}

function encodeText(line: LaidLine & { kind: 'text' }, encoder: CharacterEncoder): Uint8Array[] {
  const text = [encoder.encode(line.text), commands.LINE_FEED];
  const sized = line.large ? [commands.large(true), ...text, commands.large(false)] : text;
  return line.bold ? [commands.bold(true), ...sized, commands.bold(false)] : sized;
}

function encodeCut(wanted: 'partial' | 'full', profile: PrinterProfile): Uint8Array[] {
  if (profile.cutter === 'none') return [commands.feedLines(profile.tearFeedLines)];
  return [commands.feedAndCut(profile.cutter === 'both' ? wanted : profile.cutter)];
}

function preamble(ticket: Ticket, profile: PrinterProfile, encoder: CharacterEncoder): Uint8Array[] {
  const pulse =
    ticket.drawer && profile.drawer !== null
      ? [commands.drawerPulse(profile.drawer.pin, profile.drawer.onMs, profile.drawer.offMs)]
      : [];
  return [
    commands.initialize,
    ...(profile.autoStatus ? [commands.noAutoStatus] : []),
    ...(profile.cancelKanji ? [commands.cancelKanji] : []),
    commands.plainAscii,
    encoder.begin(),
    ...pulse,
  ];
}

/**
 * A ticket as the bytes one printer understands. Pure.
 * Sides are made with spaces by the layout, so that paper and preview agree; only a QR uses the printer's own centring.
 * @param drawQr draws a QR for printers that cannot; null where there is no such means
 */
export function encodeTicket(
  ticket: Ticket,
  profile: PrinterProfile,
  drawQr: DrawQr | null,
): Result<Uint8Array, TicketNotPrintable> {
  const encoder = createCharacterEncoder(profile);
  const pieces = preamble(ticket, profile, encoder);
  for (const line of layOut(printableTicket(ticket, encoder.has), profile.columns)) {
    if (line.kind === 'text') {
      pieces.push(...encodeText(line, encoder));
    } else if (line.kind === 'cut') {
      pieces.push(...encodeCut(line.cut, profile));
    } else {
      const qr = encodeQr(line.data, profile, drawQr);
      if (!qr.ok) return qr;
      pieces.push(...qr.value);
    }
  }
  return ok(joined(pieces));
}
