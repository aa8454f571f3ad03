import { officeShop as english } from '#resources/locales/en/office-shop.ts';
import { officeShop as french } from '#resources/locales/fr/office-shop.ts';
import type { Trouble } from '../api.ts';
import { useOffice, useWords } from '../office.ts';
import { sayTrouble } from '../trouble.ts';

const words = { fr: french, en: english };

/** The sentences of tills, staff, keys and of what all lists share, in the language of the moment. */
export function useShopWords() {
  const { now } = useOffice();
  const { say, language, t: office } = useWords();
  const t = words[language];
  const trouble = (what: Trouble): string => {
    const mine: Record<string, string> = t.lists.errors;
    const sentence = mine[what.type];
    return sentence === undefined ? sayTrouble(what, office, say) : say(sentence, 'facts' in what ? what.facts : {});
  };
  /** `23 nov., 14:32`, with the year where it is not this one; `jamais` for nothing. */
  const moment = (text: string | number | null): string => {
    if (text === null) return t.lists.never;
    const at = new Date(text);
    const year = at.getFullYear() === new Date(now()).getFullYear() ? {} : ({ year: 'numeric' } as const);
    const form = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', ...year } as const;
    return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', form).format(at).replace(/ à |, /, ' ');
  };
  return { t, say, language, trouble, moment };
}
