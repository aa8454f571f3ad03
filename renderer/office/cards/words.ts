import { formatCardNumber } from '#contract/loyalty/card-number.ts';
import { type CurrencyCode, formatAmount, formatInteger } from '#contract/money/index.ts';
import { officeCards as english } from '#resources/locales/en/office-cards.ts';
import { officeCards as french } from '#resources/locales/fr/office-cards.ts';
import type { Trouble } from '../api.ts';
import { useShopWords } from '../lists/words.ts';

const words = { fr: french, en: english };

/** The sentences of cards and cases, beside those that all lists share. */
export function useCardWords() {
  const { t: shared, trouble: sayShared, language, ...rest } = useShopWords();
  const t = words[language];
  const mine: Record<string, string> = t.cases.errors;
  const trouble = (what: Trouble): string => {
    const sentence = mine[what.type];
    return sentence === undefined ? sayShared(what) : rest.say(sentence, 'facts' in what ? what.facts : {});
  };
  const signed = (points: number) => `${points > 0 ? '+' : ''}${formatInteger(points, language)}`;
  const amount = (minor: number, currency: CurrencyCode) => formatAmount(minor, currency, language);
  const integer = (value: number) => formatInteger(value, language);
  /** What is still to be written to a card. */
  const pending = (points: number) => rest.say(t.pending, { signed: signed(points), count: Math.abs(points) });
  return {
    t,
    pending,
    lists: shared.lists,
    trouble,
    language,
    number: formatCardNumber,
    signed,
    amount,
    integer,
    ...rest,
  };
}
