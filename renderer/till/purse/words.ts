import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { purse as english } from '#resources/locales/en/till-purse.ts';
import { purse as french } from '#resources/locales/fr/till-purse.ts';

const words = { fr: french, en: english };

/** The sentences of a card's purse and credit, in the language of the moment. */
export function usePurseWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}
