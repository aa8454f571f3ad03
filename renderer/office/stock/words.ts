import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { officeStock as english } from '#resources/locales/en/office-stock.ts';
import { officeStock as french } from '#resources/locales/fr/office-stock.ts';
import { useShopWords } from '../lists/words.ts';

const words = { fr: french, en: english };

/** The sentences of stock, beside those that all lists share. */
export function useStockWords() {
  const { t: shared, ...rest } = useShopWords();
  const day = (text: string) =>
    new Intl.DateTimeFormat(rest.language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'short' }).format(new Date(text));
  return { t: words[rest.language], lists: shared.lists, number: formatCardNumber, day, ...rest };
}
