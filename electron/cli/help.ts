import type { Language } from '#contract/money/index.ts';
import type { Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';

const common = {
  fr: 'Partout : --data DOSSIER, --json, --lang fr|en, --staff CODE avec --pin-stdin, --intention UUID, --timeout SECONDES\nSur la caisse de formation, où rien ne compte : --training, avec tout ce qui se fait à une caisse',
  en: 'Everywhere: --data DIR, --json, --lang fr|en, --staff CODE with --pin-stdin, --intention UUID, --timeout SECONDS\nOn the training till, where nothing counts: --training, with all that is done at a till',
};

/** The verbs that were asked for; all of them where none is of that name. */
function verbsOf(words: readonly string[]): readonly Verb[] {
  const asked = words.join(' ');
  const chosen = verbs.filter(({ name }) => name === asked || name.startsWith(`${asked} `));
  return chosen.length > 0 ? chosen : verbs;
}

/** `comptoir help [VERB]`. */
export function helpText(words: readonly string[], language: Language): string {
  const lines = verbsOf(words).map(
    ({ name, usage, summary }) => `  comptoir ${name} ${usage}\n      ${summary[language]}`,
  );
  return [...lines, '', common[language]].join('\n');
}

/** The same for scripts. */
export const helpDocument = (words: readonly string[], language: Language) => ({
  verbs: verbsOf(words).map(({ name, usage, summary }) => ({ name, usage, summary: summary[language] })),
});
