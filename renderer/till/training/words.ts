import { useLanguage } from '#renderer/ui/language.ts';
import { training as english } from '#resources/locales/en/till-training.ts';
import { training as french } from '#resources/locales/fr/till-training.ts';

const words = { fr: french, en: english };

/** The sentences of training in the language of the moment. */
export const useTrainingWords = (): typeof french => words[useLanguage().language];
