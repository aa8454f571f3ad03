import { createHmac, hkdfSync } from 'node:crypto';

export type NameIndex = ReturnType<typeof nameIndex>;

const shortest = 2;
const longest = 12;
const mostWords = 6;

/** `Élodie N’Guessan` as words to be found by: `elodie`, `nguessan`. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 0)
    .slice(0, mostWords);

/**
 * A blind index of sealed names: keyed hashes (HMAC-SHA-256, 8 bytes) of the beginnings of each word. Who has the database alone
 * sees which customers of one shop have beginnings in common, and no name; the key comes from the server's secret and the shop.
 */
export function nameIndex(serverSecret: string, tenant: string) {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(serverSecret, 'hex'), '', `names of ${tenant}`, 32));
  const blind = (beginning: string): string =>
    createHmac('sha256', key).update(beginning).digest().toString('hex', 0, 8);
  return {
    /** What is kept of a name. */
    entries(name: string): string[] {
      const beginnings = wordsOf(name).flatMap((word) =>
        Array.from({ length: Math.min(longest, word.length) - shortest + 1 }, (_, more) =>
          word.slice(0, shortest + more),
        ),
      );
      return [...new Set(beginnings)].map(blind);
    },
    /** What a search must find, each of it once and all of it; null where a word is too short to look for. */
    wanted(search: string): string[] | null {
      const words = wordsOf(search);
      if (words.length === 0 || words.some((word) => word.length < shortest)) return null;
      return [...new Set(words.map((word) => blind(word.slice(0, longest))))];
    },
  };
}
