import type { Ticket, TicketLine } from './ticket.ts';
import { aligned, widthOf, wrap } from './wrap.ts';

/** One line as it stands on the paper, the same on the screen's preview, in the command and on the printer. */
export type LaidLine =
  /** `text` has at most `columns` characters; at most half of that when `large` (double width and height). */
  | { kind: 'text'; text: string; bold: boolean; large: boolean }
  | { kind: 'qr'; data: string }
  | { kind: 'cut'; cut: 'partial' | 'full' };

/** The preview's width on the screen; an 80 mm printer's own is in its profile. */
export const PREVIEW_COLUMNS = 42;

/** Beside a right part, fewer columns than this do not hold a readable word: the parts go one under the other. */
const NARROWEST_LEFT = 8;

const plain = (text: string, bold = false): LaidLine => ({ kind: 'text', text, bold, large: false });

function layOutText(line: TicketLine & { kind: 'text' }, columns: number): LaidLine[] {
  const large = line.size === 'large' && columns >= 2;
  const room = large ? Math.floor(columns / 2) : columns;
  return wrap(line.text, room).map((text) => ({
    kind: 'text',
    text: aligned(text, room, line.align ?? 'left'),
    bold: line.bold ?? false,
    large,
  }));
}

/** The right part stays whole, at the end of the last line, as an amount does under a long name. */
function layOutColumns(line: TicketLine & { kind: 'columns' }, columns: number): LaidLine[] {
  const bold = line.bold ?? false;
  const right = wrap(line.right, columns);
  const room = columns - widthOf(right[0]!) - 1;
  const beside = right.length === 1 && room >= Math.min(NARROWEST_LEFT, widthOf(line.left));
  if (!beside) {
    return [...wrap(line.left, columns), ...right.map((text) => aligned(text, columns, 'right'))].map((text) =>
      plain(text, bold),
    );
  }
  const left = wrap(line.left, Math.max(room, 1));
  const last = left.at(-1)!;
  const gap = ' '.repeat(columns - widthOf(last) - widthOf(right[0]!));
  const closing = right[0] === '' ? last : last + gap + right[0];
  return [...left.slice(0, -1), closing].map((text) => plain(text, bold));
}

function layOutLine(line: TicketLine, columns: number): LaidLine[] {
  switch (line.kind) {
    case 'text':
      return layOutText(line, columns);
    case 'columns':
      return layOutColumns(line, columns);
    case 'rule':
      return [plain('-'.repeat(columns))];
    case 'space':
      return [plain('')];
    case 'qr': {
      const caption = line.caption === undefined ? [] : wrap(line.caption, columns);
      return [{ kind: 'qr', data: line.data }, ...caption.map((text) => plain(aligned(text, columns, 'center')))];
    }
  }
}

/**
 * Lays a ticket out on paper of `columns` characters. Pure: the same ticket gives the same lines everywhere.
 * Every text line has at most `columns` characters as a person counts them.
 * @throws RangeError when `columns` is not a positive integer
 */
export function layOut(ticket: Ticket, columns: number): LaidLine[] {
  const lines = ticket.lines.flatMap((line) => layOutLine(line, columns));
  return ticket.cut === 'none' ? lines : [...lines, { kind: 'cut', cut: ticket.cut }];
}

/** How a line of the preview looks; `large` is bold, and twice as wide and high. */
export type LineStyle = 'normal' | 'bold' | 'large';

/** The ticket as a screen previews it, line by line with its style. A QR's place is marked. */
export function previewLines(ticket: Ticket, columns: number): { text: string; style: LineStyle }[] {
  return layOut(ticket, columns).flatMap((line): { text: string; style: LineStyle }[] => {
    if (line.kind === 'cut') return [];
    if (line.kind === 'qr') return [{ text: aligned('[QR]'.slice(0, columns), columns, 'center'), style: 'normal' }];
    return [{ text: line.text, style: line.large ? 'large' : line.bold ? 'bold' : 'normal' }];
  });
}

/** A ticket for a screen. `qr`: on which line its `[QR]` stands, which a screen that can draw puts the symbol in place of. */
export type TicketPreview = { lines: string[]; styles: LineStyle[]; qr?: { line: number; data: string } };

/** The ticket as every screen of the till gets it. At most one QR is drawn: a ticket has one. */
export function ticketPreview(ticket: Ticket): TicketPreview {
  const laid = layOut(ticket, PREVIEW_COLUMNS).filter(({ kind }) => kind !== 'cut');
  const preview = previewLines(ticket, PREVIEW_COLUMNS);
  const line = laid.findIndex(({ kind }) => kind === 'qr');
  const qr = laid[line];
  return {
    lines: preview.map(({ text }) => text),
    styles: preview.map(({ style }) => style),
    ...(qr?.kind === 'qr' ? { qr: { line, data: qr.data } } : {}),
  };
}
