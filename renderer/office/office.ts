import { createContext, useContext } from 'react';
import type { Language } from '#contract/money/index.ts';
import { type Say, useLanguage } from '#renderer/ui/language.ts';
import { office as english } from '#resources/locales/en/office.ts';
import { office as french } from '#resources/locales/fr/office.ts';
import type { CentralClient } from './api.ts';
import type { SessionStore } from './session.ts';

/** What the office's pages lean on, wired once in `compose.ts`. */
export type Office = {
  client: CentralClient;
  session: SessionStore;
  now: () => number;
  random: () => number;
  after: (delayMs: number, task: () => void) => () => void;
  /** Of the server: what a program of the shop's would ask. */
  origin: string;
  /** Lets the browser save what an address of this server gives. */
  save: (url: string) => void;
  /** To the clipboard; false where the browser does not allow it. */
  copy: (text: string) => Promise<boolean>;
};

export const OfficeContext = createContext<Office | null>(null);

export function useOffice(): Office {
  const office = useContext(OfficeContext);
  if (!office) throw new Error('an office page stands outside its office');
  return office;
}

const words = { fr: french, en: english };

/** The office's sentences in the language of the moment. */
export function useWords(): { t: typeof french; say: Say; language: Language } {
  const { language, say } = useLanguage();
  return { t: words[language], say, language };
}
