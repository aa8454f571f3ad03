import { create } from 'zustand';
import type { Language } from '#contract/money/index.ts';
import { type Facts, fill } from '#resources/locales/fill.ts';

/** Where the choice of language is remembered between visits. It is a preference, never a secret. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

const memoryKey = 'comptoir.language';

const useLanguageStore = create<{ language: Language; memory: Memory | null }>(() => ({
  language: 'fr',
  memory: null,
}));

/** Takes the remembered language, else the browser's; French where it is neither. */
export function startLanguage(memory: Memory, preferred: string): void {
  const kept = memory.getItem(memoryKey);
  const language: Language =
    kept === 'fr' || kept === 'en' ? kept : preferred.toLowerCase().startsWith('en') ? 'en' : 'fr';
  useLanguageStore.setState({ language, memory });
  document.documentElement.lang = language;
}

/** Switches every screen at once; nothing else changes. */
export function switchLanguage(): void {
  const { language, memory } = useLanguageStore.getState();
  const next: Language = language === 'fr' ? 'en' : 'fr';
  memory?.setItem(memoryKey, next);
  document.documentElement.lang = next;
  useLanguageStore.setState({ language: next });
}

export type Say = (text: string, facts?: Facts) => string;

/** The language now, and how to put facts into one of its sentences. */
export function useLanguage(): { language: Language; say: Say } {
  const language = useLanguageStore((state) => state.language);
  return { language, say: (text, facts = {}) => fill(text, facts, language) };
}
