import iso8859x15 from '#resources/printers/code-pages/iso8859-15.json' with { type: 'json' };
import pc437 from '#resources/printers/code-pages/pc437.json' with { type: 'json' };
import pc850 from '#resources/printers/code-pages/pc850.json' with { type: 'json' };
import pc852 from '#resources/printers/code-pages/pc852.json' with { type: 'json' };
import pc858 from '#resources/printers/code-pages/pc858.json' with { type: 'json' };
import wpc1252 from '#resources/printers/code-pages/wpc1252.json' with { type: 'json' };

/** A single-byte code page: ASCII below 0x80, its own characters above. */
export type CodePage = {
  readonly name: string;
  /** The byte of each character above 0x7f. */
  readonly byteOf: ReadonlyMap<string, number>;
  /** The character of each byte above 0x7f; U+FFFD where the page has none. */
  readonly characterOf: (byte: number) => string;
};

const UNDEFINED = '\ufffd';
const FIRST_UPPER = 0x80;

function codePage(data: { name: string; upperHalf: readonly string[] }): CodePage {
  const upper = Array.from(data.upperHalf.join(''));
  if (upper.length !== 128) throw new Error(`code page ${data.name} has ${upper.length} characters above 0x7f`);
  const byteOf = new Map<string, number>();
  upper.forEach((character, index) => {
    if (character !== UNDEFINED) byteOf.set(character, FIRST_UPPER + index);
  });
  return { name: data.name, byteOf, characterOf: (byte) => upper[byte - FIRST_UPPER] ?? UNDEFINED };
}

const pages = [pc437, pc850, pc852, pc858, wpc1252, iso8859x15].map(codePage);

/** Every code page we have a table of, by its name in the printers' profiles. */
export const codePages: ReadonlyMap<string, CodePage> = new Map(pages.map((page) => [page.name, page]));
