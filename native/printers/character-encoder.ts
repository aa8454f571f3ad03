import { joined } from './bytes.ts';
import { type CodePage, codePages } from './code-pages.ts';
import { selectCodePage } from './commands.ts';
import type { PrinterProfile } from './profile.ts';

const NO_BREAK_SPACE = '\u00a0';
const SPACE = 0x20;
const QUESTION_MARK = 0x3f;

type Selectable = { select: number; page: CodePage };

/** Turns characters into bytes, changing the printer's code page only where the current one lacks a character. */
export type CharacterEncoder = {
  has(character: string): boolean;
  /** The command that selects the profile's first page: to be sent first. */
  begin(): Uint8Array;
  /** Bytes of printable text, with the changes of page between them. */
  encode(text: string): Uint8Array;
};

/** An encoder for one stream of bytes: it remembers which page the printer is on. */
export function createCharacterEncoder(profile: PrinterProfile): CharacterEncoder {
  const pages: Selectable[] = profile.codePages.map(({ page, select }) => ({ select, page: codePages.get(page)! }));
  let current = pages[0]!;

  const encodeCharacter = (character: string): Uint8Array => {
    if (character === NO_BREAK_SPACE) return Uint8Array.of(SPACE);
    if (character >= ' ' && character <= '~') return Uint8Array.of(character.charCodeAt(0));
    const byte = current.page.byteOf.get(character);
    if (byte !== undefined) return Uint8Array.of(byte);
    const other = pages.find(({ page }) => page.byteOf.has(character));
    if (other === undefined) return Uint8Array.of(QUESTION_MARK);
    current = other;
    return joined([selectCodePage(other.select), Uint8Array.of(other.page.byteOf.get(character)!)]);
  };

  return {
    has: (character) => pages.some(({ page }) => page.byteOf.has(character)),
    begin: () => {
      current = pages[0]!;
      return selectCodePage(current.select);
    },
    encode: (text) => joined(Array.from(text, encodeCharacter)),
  };
}
