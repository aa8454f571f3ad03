import type { Ticket, TicketLine } from '#contract/tickets/ticket.ts';
import { characters } from '#contract/tickets/wrap.ts';
import substitutes from '#resources/printers/substitutes.json' with { type: 'json' };

const NO_BREAK_SPACE = '\u00a0';
const NO_BREAK_SPACES = /^[\u00a0\u202f\u2007]$/;
const OTHER_SPACES = /^[\t\u2000-\u2006\u2008-\u200a\u205f\u3000]$/;
/** Controls, marks of direction, joiners, selectors: they have no ink. */
const INVISIBLE = /^[\p{Cc}\p{Cf}\p{Variation_Selector}]+$/u;

const table: ReadonlyMap<string, string> = new Map(Object.entries(substitutes));

const isAscii = (character: string): boolean => /^[\x20-\x7e]$/.test(character);

/** Says whether one of the printer's code pages has this character. */
export type HasCharacter = (character: string) => boolean;

function printableCharacter(character: string, has: HasCharacter): string {
  if (isAscii(character)) return character;
  if (NO_BREAK_SPACES.test(character)) return NO_BREAK_SPACE;
  if (OTHER_SPACES.test(character)) return ' ';
  if (has(character) || character === '\n') return character;
  if (INVISIBLE.test(character)) return '';
  const substitute = table.get(character);
  if (substitute !== undefined) return substitute;
  const bare = character.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
  const all = Array.from(bare, (one) => (isAscii(one) || has(one) ? one : table.get(one)));
  return bare === '' || all.includes(undefined) ? '?' : all.join('');
}

/**
 * Rewrites text with characters the printer has: accents fall before letters do, and what nothing resembles becomes `?`.
 * No-break spaces come out as U+00A0. Done before laying out, since a substitute may be wider than what it stands for.
 */
export const printableText = (text: string, has: HasCharacter): string =>
  characters(text.normalize('NFC').replace(/\r\n?/g, '\n'))
    .map((character) => printableCharacter(character, has))
    .join('');

function printableLine(line: TicketLine, has: HasCharacter): TicketLine {
  switch (line.kind) {
    case 'text':
      return { ...line, text: printableText(line.text, has) };
    case 'columns':
      return { ...line, left: printableText(line.left, has), right: printableText(line.right, has) };
    case 'qr':
      return line.caption === undefined ? line : { ...line, caption: printableText(line.caption, has) };
    default:
      return line;
  }
}

/** The same ticket in characters the printer has. A QR's data is left alone: it is not printed as characters. */
export const printableTicket = (ticket: Ticket, has: HasCharacter): Ticket => ({
  ...ticket,
  lines: ticket.lines.map((line) => printableLine(line, has)),
});
