import { encode } from 'uqr';
import { codePages } from '#native/printers/code-pages.ts';
import type { Operation } from './operations.ts';

/** Dots on the paper, row by row: true is black. */
export type Dots = boolean[][];
/** One printed line, as a person reads it; a symbol or a bitmap also dot for dot, where it stands on the line. */
export type PrintedLine = { text: string; bold: boolean; large: boolean; dots?: { rows: Dots; centered: boolean } };
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
  let style = { bold: false, large: false, page: 'pc437', centered: false };
  let moduleDots = 3;
  let text = '';
  let symbol = '';

  const characterOf = (byte: number): string =>
    byte < 0x80 ? String.fromCharCode(byte) : (codePages.get(style.page)?.characterOf(byte) ?? '\ufffd');
  const endLine = (line: string, rows?: Dots) =>
    ticket.lines.push({
      text: line,
      bold: style.bold,
      large: style.large,
      ...(rows ? { dots: { rows, centered: style.centered } } : {}),
    });
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
        style = { bold: false, large: false, page: 'pc437', centered: false };
        break;
      case 'code-page':
        style.page = PAGE_BY_NUMBER[operation.select] ?? 'none';
        break;
      case 'bold':
      case 'large':
        style[operation.do] = operation.on;
        break;
      case 'align':
        style.centered = operation.side === 1;
        break;
      case 'drawer':
        ticket.drawerPulses++;
        break;
      case 'qr-module':
        moduleDots = operation.dots;
        break;
      case 'qr-store':
        symbol = new TextDecoder().decode(operation.data);
        break;
      case 'qr-print':
        ticket.qrs.push(symbol);
        endLine(`[QR] ${symbol}`, qrDots(symbol, moduleDots));
        break;
      case 'raster':
        endLine(`[BITMAP ${operation.bytesPerRow * 8} x ${operation.rows}]`, bitmapDots(operation));
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

/** Drawn as the printer's own firmware would, with the quiet zone it leaves above and below (ISO/IEC 18004 §5.3.8). */
function qrDots(symbol: string, moduleDots: number): Dots {
  const { data } = encode(symbol, { ecc: 'M', border: 4 });
  return data.flatMap((row) => {
    const dots = row.flatMap((dark) => new Array<boolean>(moduleDots).fill(dark));
    return Array.from({ length: moduleDots }, () => dots);
  });
}

const bitmapDots = ({ bytesPerRow, rows, bits }: Extract<Operation, { do: 'raster' }>): Dots =>
  Array.from({ length: rows }, (_, y) =>
    Array.from({ length: bytesPerRow * 8 }, (_, x) => (bits[y * bytesPerRow + (x >> 3)]! & (0x80 >> (x & 7))) !== 0),
  );

/** A printed piece as plain text, one line per printed line, without the blanks at its end. */
export const textOf = (ticket: PrintedTicket): string =>
  ticket.lines
    .map(({ text }) => text)
    .join('\n')
    .trimEnd();
