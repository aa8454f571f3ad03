import { officeProgramme as english } from '#resources/locales/en/office-programme.ts';
import { officeProgramme as french } from '#resources/locales/fr/office-programme.ts';
import { useWords } from '../office.ts';

const words = { fr: french, en: english };

/** The programme page's sentences in the language of the moment. */
export function useProgrammeWords() {
  const { say, language, t: office } = useWords();
  return { t: words[language], say, language, office };
}
