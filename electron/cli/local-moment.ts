import type { Language } from '#contract/money/index.ts';

/** A moment as the clock on this PC's wall shows it, to the minute: for a person. Documents for scripts keep UTC. */
export const localMoment = (instantMs: number, language: Language): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'short', timeStyle: 'short' }).format(
    instantMs,
  );
