import type { Language } from '#contract/money/index.ts';
import { verbs } from './verbs/index.ts';

const common = {
  fr: 'Partout : --data DOSSIER, --json, --lang fr|en, --staff CODE avec --pin-stdin, --intention UUID, --timeout SECONDES',
  en: 'Everywhere: --data DIR, --json, --lang fr|en, --staff CODE with --pin-stdin, --intention UUID, --timeout SECONDS',
};

/** `comptoir help [VERB]`. */
export function helpText(words: readonly string[], language: Language): string {
  const asked = words.join(' ');
  const chosen = verbs.filter(({ name }) => asked === '' || name === asked || name.startsWith(`${asked} `));
  const listed = chosen.length > 0 ? chosen : verbs;
  const lines = listed.map(({ name, usage, summary }) => `  comptoir ${name} ${usage}\n      ${summary[language]}`);
  return [...lines, '', common[language]].join('\n');
}
