import type { PrintedLine, PrintedTicket } from './paper.ts';

/** Dots of font A (Epson: 12 x 24), the cell of one character. */
const CELL_WIDTH = 12;
const CELL_HEIGHT = 24;
const MARGIN = 24;

const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.codePointAt(0)};`);

/** One path for all dots of a symbol: */
function dotsHtml({ rows, centered }: NonNullable<PrintedLine['dots']>): string {
  const width = rows[0]?.length ?? 0;
  const squares = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  const size = `width="${width}" height="${rows.length}" viewBox="0 0 ${width} ${rows.length}"`;
  const path = `<path shape-rendering="crispEdges" d="${squares.join('')}"/>`;
  return `<div style="font-size:0;text-align:${centered ? 'center' : 'left'}"><svg ${size}>${path}</svg></div>`;
}

function lineHtml({ text, bold, large, dots }: PrintedLine): string {
  if (dots) return dotsHtml(dots);
  const style = `${bold ? 'font-weight:700;' : ''}${large ? 'transform:scale(2);' : ''}`;
  return `<div style="height:${large ? 2 * CELL_HEIGHT : CELL_HEIGHT}px"><span style="${style}">${escaped(text)}</span></div>`;
}

/**
 * A printed piece as a page of one picture, dot for dot: a browser's screenshot of it is the ticket as PNG.
 * `columns` is the paper's width in characters.
 */
export function ticketHtml(ticket: PrintedTicket, columns: number): string {
  const paper = `width:${columns * CELL_WIDTH}px;padding:${MARGIN}px;background:#fff;color:#111;overflow:hidden`;
  const font = `font:20px/${CELL_HEIGHT}px 'DejaVu Sans Mono',monospace;white-space:pre`;
  const span = 'display:inline-block;transform-origin:0 0';
  return `<!doctype html><meta charset="utf-8"><style>body{margin:0}#ticket{${paper};${font}}span{${span}}</style><div id="ticket">${ticket.lines.map(lineHtml).join('')}</div>`;
}
