import { officeDays as english } from '#resources/locales/en/office-days.ts';
import { officeDays as french } from '#resources/locales/fr/office-days.ts';
import { useShopWords } from '../lists/words.ts';

const words = { fr: french, en: english };

/** The days page's sentences in the language of the moment. */
export function useDayWords() {
  const { say, language, trouble, moment } = useShopWords();
  const dayForm = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  /** `lun. 23 nov. 2026`, of a day of the shop: no zone can make another of it. */
  const day = (text: string): string =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', dayForm).format(Date.parse(text));
  return { t: words[language], say, language, trouble, moment, day };
}
