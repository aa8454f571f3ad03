import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { officeAccounts as english } from '#resources/locales/en/office-accounts.ts';
import { officeAccounts as french } from '#resources/locales/fr/office-accounts.ts';

const words = { fr: french, en: english };

/** The sentences of cards' accounts, in the language of the moment. */
export function useAccountWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}
