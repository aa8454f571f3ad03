import type { Language } from '#contract/money/index.ts';
import { close as english } from './en/till-close.ts';
import { close as french } from './fr/till-close.ts';

const reasons = { fr: french.reasons, en: english.reasons };

/**
 * Why a Z's count differs, in the reader's language. The till's page writes one of its own reasons into the Z, in the tickets'
 * language; what a person wrote in their own words stays as it is.
 */
export function sayDayReason(language: Language, reason: string): string {
  for (const written of Object.values(reasons)) {
    const known = (Object.keys(written) as (keyof typeof written)[]).find((each) => written[each] === reason);
    if (known) return reasons[language][known];
  }
  return reason;
}
