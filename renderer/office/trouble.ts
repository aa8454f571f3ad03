import type { Say } from '#renderer/ui/language.ts';
import type { office } from '#resources/locales/fr/office.ts';
import type { Trouble } from './api.ts';

/** A trouble in a person's words. */
export function sayTrouble(trouble: Trouble, t: typeof office, say: Say): string {
  const words: Record<string, string> = t.errors;
  return say(words[trouble.type] ?? t.errors.other, 'facts' in trouble ? trouble.facts : {});
}
