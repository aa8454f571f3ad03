import { createContext, useContext } from 'react';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { portal as english } from '#resources/locales/en/portal.ts';
import { portal as french } from '#resources/locales/fr/portal.ts';
import type { PortalClient, PortalTrouble } from './api.ts';

/** What the portal's pages lean on, wired once in `compose.ts`. */
export type Portal = {
  client: PortalClient;
  /** The bearer of the session, in this page's memory alone: closing or reloading the page ends it. */
  session: { set(token: string | null): void };
  /** Of which network a card is, as the page's address says; null: the holder says it. */
  network: number | null;
  now: () => number;
};

export const PortalContext = createContext<Portal | null>(null);

export function usePortal(): Portal {
  const portal = useContext(PortalContext);
  if (!portal) throw new Error('a page stands outside its portal');
  return portal;
}

const words = { fr: french, en: english };

/** The portal's sentences in the language of the moment. */
export function usePortalWords() {
  const { language, say } = useLanguage();
  return {
    t: words[language],
    say,
    language,
    trouble: (what: PortalTrouble) => sayTrouble(what, words[language], say),
  };
}

function sayTrouble(trouble: PortalTrouble, t: typeof french, say: Say): string {
  const known: Record<string, string> = t.errors;
  return say(known[trouble.type] ?? t.errors.other, trouble.facts);
}
