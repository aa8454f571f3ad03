import { parseArgs } from 'node:util';
import { wrongValue } from './option-values.ts';
import type { Options, Verb } from './verb.ts';
import { verbs } from './verbs/index.ts';

/** What every verb takes (CLI.md, Conventions). */
export const commonOptions = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  staff: { type: 'string' },
  'pin-stdin': { type: 'boolean' },
  intention: { type: 'string' },
  timeout: { type: 'string' },
  training: { type: 'boolean' },
} as const;

export type Parsed = { verb: Verb; words: string[]; options: Options } | { usage: string };

/** Finds the verb, of one word or two, and its options. What is not understood is named. */
export function parseCommand(args: readonly string[]): Parsed {
  const verb = verbs.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  if (!verb) return { usage: unknownVerb(args) };
  const known = { ...commonOptions, ...verb.options };
  try {
    const { values, positionals } = parseArgs({
      args: withNegatives(args.slice(verb.name.split(' ').length), known),
      allowPositionals: true,
      allowNegative: true,
      options: known,
    });
    const options = values as Options;
    const lacking = verb.needs?.find((name) => options[name] === undefined);
    if (lacking) return { usage: `comptoir ${verb.name} ${verb.usage}: --${lacking}?` };
    if (options.training === true && !isForTraining(verb)) return { usage: `comptoir ${verb.name}: no --training` };
    const wrong = wrongValue(options);
    return wrong ? { usage: `comptoir ${verb.name}: ${wrong}` } : { verb, words: positionals, options };
  } catch (error) {
    const [line] = error instanceof Error ? error.message.split('\n') : [];
    return { usage: `comptoir ${verb.name}: ${line ?? 'not understood'}` };
  }
}

/** What a till does, its training till does; what is done to an installation is done once. */
const isForTraining = (verb: Verb): boolean => 'run' in verb || verb.inTraining === true;

/** The words before the first option: what follows one may be its value. */
export function wordsOf(args: readonly string[]): readonly string[] {
  const end = args.findIndex((arg) => arg.startsWith('-'));
  return end < 0 ? args : args.slice(0, end);
}

function unknownVerb(args: readonly string[]): string {
  const words = wordsOf(args);
  const near = verbs.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => `comptoir ${name}`);
  return near.length > 0 ? near.join(' | ') : `comptoir: unknown verb '${words.slice(0, 2).join(' ')}'`;
}

/** `-86400` is a number, not a bundle of options: it belongs to the option before it, or it is a word. */
function withNegatives(args: readonly string[], known: Readonly<Record<string, { type: string }>>): string[] {
  const plain: string[] = [];
  const words: string[] = [];
  for (const arg of args) {
    const before = plain.at(-1) ?? '';
    const isNumber = /^-\d/.test(arg);
    if (isNumber && before.startsWith('--') && known[before.slice(2)]?.type === 'string')
      plain.push(`${plain.pop()}=${arg}`);
    else (isNumber ? words : plain).push(arg);
  }
  return words.length > 0 ? [...plain, '--', ...words] : plain;
}
