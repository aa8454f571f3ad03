const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Splits text into what a person calls characters (UAX #29): an accent stays with its letter. */
export const characters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** Width in columns: one per user-perceived character, as on a receipt printer in its own font. */
export const widthOf = (text: string): number => characters(text).length;

/** What a ticket may hold: no control characters, so no text can carry a printer command. A tab is a space. */
const cleaned = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .replace(/\p{Cc}/gu, '');

function splitLongWord(word: string, columns: number): string[] {
  const all = characters(word);
  const pieces: string[] = [];
  for (let start = 0; start < all.length; start += columns) pieces.push(all.slice(start, start + columns).join(''));
  return pieces;
}

function wrapParagraph(paragraph: string, columns: number): string[] {
  const words = paragraph.split(/ +/).filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const piece of words.flatMap((word) => splitLongWord(word, columns))) {
    const longer = line === '' ? piece : `${line} ${piece}`;
    if (widthOf(longer) <= columns) {
      line = longer;
    } else {
      lines.push(line);
      line = piece;
    }
  }
  return [...lines, line];
}

/**
 * Breaks text at ordinary spaces into lines of at most `columns` characters; a word longer than a line is cut.
 * A no-break space (U+00A0, U+202F) never breaks. A line break in the text is kept.
 * @returns at least one line, perhaps empty
 */
export function wrap(text: string, columns: number): string[] {
  if (!Number.isInteger(columns) || columns < 1) throw new RangeError(`a line of ${columns} columns`);
  return text.split(/\r\n|\r|\n/).flatMap((paragraph) => wrapParagraph(cleaned(paragraph), columns));
}

/** Moves a line that fits within `columns` to its side by leading spaces. */
export function aligned(line: string, columns: number, align: 'left' | 'center' | 'right'): string {
  const free = columns - widthOf(line);
  if (align === 'left' || line === '') return line;
  return ' '.repeat(align === 'right' ? free : Math.floor(free / 2)) + line;
}
