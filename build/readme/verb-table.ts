interface Verb {
  name: string;
  usage: string;
  summary: { en: string };
}

const begin = '<!-- verbs: written by `npx node build/readme-verbs.ts` -->';
const end = '<!-- /verbs -->';

/** The table of the command's verbs, as Markdown, from the command's own definition. */
export function verbTable(verbs: readonly Verb[]): string {
  const rows = verbs.map(({ name, usage, summary }) => {
    const typed = [name, usage].filter((part) => part !== '').join(' ');
    return `| \`comptoir ${typed.replaceAll('|', '\\|')}\` | ${summary.en.replaceAll('|', '\\|')} |`;
  });
  return ['| command | does |', '| --- | --- |', ...rows].join('\n');
}

/**
 * Puts the table between its two marks.
 *
 * @returns the whole text; undefined when the marks are not there
 */
export function withVerbTable(markdown: string, verbs: readonly Verb[]): string | undefined {
  const [start, stop] = [markdown.indexOf(begin), markdown.indexOf(end)];
  if (start === -1 || stop < start) return undefined;
  return `${markdown.slice(0, start + begin.length)}\n${verbTable(verbs)}\n${markdown.slice(stop)}`;
}
