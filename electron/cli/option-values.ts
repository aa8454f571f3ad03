import { Uuid } from '#contract/ids/index.ts';

type Rule = { expected: string; holds: (text: string) => boolean };

const integer = (from: number, to: number): Rule => ({
  expected: `${from}..${to}`,
  holds: (text) => /^\d{1,6}$/.test(text) && Number(text) >= from && Number(text) <= to,
});
const oneOf = (...words: string[]): Rule => ({ expected: words.join('|'), holds: (text) => words.includes(text) });

const day: Rule = {
  expected: 'YYYY-MM-DD',
  holds: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
};

/** What each option may be, whatever the verb: an option of the same name means the same everywhere. */
const rules: Readonly<Record<string, Rule>> = {
  lang: oneOf('fr', 'en'),
  devices: oneOf('simulated', 'real'),
  timeout: integer(1, 300),
  limit: integer(1, 500),
  port: integer(0, 65_535),
  from: day,
  to: day,
  format: oneOf('csv', 'xlsx', 'json'),
  intention: { expected: 'UUID', holds: (text) => Uuid.safeParse(text).success },
};

/** The first option whose value cannot be, as a sentence; null when all can. */
export function wrongValue(options: Readonly<Record<string, string | boolean | undefined>>): string | null {
  for (const [name, rule] of Object.entries(rules)) {
    const given = options[name];
    if (typeof given === 'string' && !rule.holds(given))
      return `--${name} ${rule.expected}, not '${given.slice(0, 60)}'`;
  }
  return null;
}
