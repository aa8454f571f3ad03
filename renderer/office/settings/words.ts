import { officeSettings as english } from '#resources/locales/en/office-settings.ts';
import { officeSettings as french } from '#resources/locales/fr/office-settings.ts';
import { useWords } from '../office.ts';

const words = { fr: french, en: english };

/** The settings page's sentences in the language of the moment. */
export function useSettingsWords() {
  const { say, language, t: office } = useWords();
  return { t: words[language], say, language, office };
}
