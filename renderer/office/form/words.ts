import { officeForm as english } from '#resources/locales/en/office-form.ts';
import { officeForm as french } from '#resources/locales/fr/office-form.ts';
import { useWords } from '../office.ts';

const words = { fr: french, en: english };

/** What a form says of its fields, in the language of the moment. */
export function useFormWords() {
  const { say, language } = useWords();
  return { t: words[language], say, language };
}
