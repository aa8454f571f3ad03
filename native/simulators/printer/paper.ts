import { codePages } from '#native/printers/code-pages.ts';
import type { Operation } from './operations.ts';

/** One printed line, as a person reads it. */
export type PrintedLine = { text: string; bold: boolean; large: boolean };
/** A piece of paper between two cuts. */
export type PrintedTicket = { lines: PrintedLine[]; qrs: string[]; drawerPulses: number };

/** The numbers ESC t takes on Epson's printers, and on most others. Source: Epson, "ESC/POS Command Reference", ESC t. */
const PAGE_BY_NUMBER: Readonly<Record<number, string>> = {
  0: 'pc437',
  2: 'pc850',
  16: 'wpc1252',
  18: 'pc852',
  19: 'pc858',
  40: 'iso8859-15',
};

export type Paper = {
  print(operation: Operation): void;
  /** Pieces that were cut off. */
  cutOff(): readonly PrintedTicket[];
  /** What stands on the paper since the last cut. */
  underway(): PrintedTicket;
};

const blank = (): PrintedTicket => ({ lines: [], qrs: [], drawerPulses: 0 });

/** Prints into text. A QR becomes the line `[QR] data`, a bitmap `[BITMAP width x height]`. */
export function createPaper(): Paper {
  const cut: PrintedTicket[] = [];
  let ticket = blank();
  let style = { bold: false, large: false, page: 'pc437' };
  let text = '';
  let symbol = '';

  const characterOf = (byte: number): string =>
    byte < 0x80 ? String.fromCharCode(byte) : (codePages.get(style.page)?.characterOf(byte) ?? '\ufffd');
  const endLine = (line: string) => ticket.lines.push({ text: line, bold: style.bold, large: style.large });
  const feed = (lines: number) => {
    for (let line = 0; line < lines; line++) {
      endLine(text);
      text = '';
    }
  };

  const print = (operation: Operation): void => {
    switch (operation.do) {
      case 'character':
        text += characterOf(operation.byte);
        break;
      case 'line-feed':
        feed(operation.lines);
        break;
      case 'initialize':
        style = { bold: false, large: false, page: 'pc437' };
        break;
      case 'code-page':
        style.page = PAGE_BY_NUMBER[operation.select] ?? 'none';
        break;
      case 'bold':
      case 'large':
        style[operation.do] = operation.on;
        break;
      case 'drawer':
        ticket.drawerPulses++;
        break;
      case 'qr-store':
        symbol = new TextDecoder().decode(operation.data);
        break;
      case 'qr-print':
        ticket.qrs.push(symbol);
        endLine(`[QR] ${symbol}`);
        break;
      case 'raster':
        endLine(`[BITMAP ${operation.bytesPerRow * 8} x ${operation.rows}]`);
        break;
      case 'cut':
        if (text !== '') feed(1);
        cut.push(ticket);
        ticket = blank();
        break;
      case 'unknown':
        text += `<${operation.bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}>`;
        break;
      default:
    }
  };
  return { print, cutOff: () => cut, underway: () => ticket };
}

/** A printed piece as plain text, one line per printed line, without the blanks at its end. */
export const textOf = (ticket: PrintedTicket): string =>
  ticket.lines
    .map(({ text }) => text)
    .join('\n')
    .trimEnd();
