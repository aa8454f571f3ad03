import type { Wording } from '#contract/reports/columns.ts';

/** Of a card in service or out of it, as files call it. */
export const statusWords: Readonly<Record<'active' | 'blocked' | 'replaced', Wording>> = {
  active: { fr: 'en service', en: 'in service' },
  blocked: { fr: 'bloquée', en: 'blocked' },
  replaced: { fr: 'remplacée', en: 'replaced' },
};
