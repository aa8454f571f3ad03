import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { attendance as english } from '#resources/locales/en/till-attendance.ts';
import { attendance as french } from '#resources/locales/fr/till-attendance.ts';

const words = { fr: french, en: english };

/** The sentences of coming and going, in the language of the moment. */
export function useAttendanceWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}
