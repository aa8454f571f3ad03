import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { close as english } from '#resources/locales/en/till-close.ts';
import { close as french } from '#resources/locales/fr/till-close.ts';

/** Both languages: what goes on a ticket is in the ticket's own. */
export const words = { fr: french, en: english };

/** The day end's sentences in the language of the moment. */
export function useCloseWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}
