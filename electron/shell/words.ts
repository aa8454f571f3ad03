import type { Language } from '#contract/money/index.ts';
import { shell as english } from '#resources/locales/en/shell.ts';
import { shell as french } from '#resources/locales/fr/shell.ts';

export type ShellWords = Record<keyof typeof french, string>;

export const shellWords: Record<Language, ShellWords> = { fr: french, en: english };

/** @param locale Electron's own, such as `fr-FR`; every language but French gets English */
export function languageOf(locale: string): Language {
  return /^fr\b/i.test(locale) ? 'fr' : 'en';
}
