import { parseArgs } from 'node:util';
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
} as const;

export type Parsed = { verb: Verb; words: string[]; options: Options } | { usage: string };

/** Finds the verb, of one word or two, and its options. What is not understood is named. */
export function parseCommand(args: readonly string[]): Parsed {
  const verb = verbs.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  if (!verb) return { usage: `comptoir: unknown verb '${args.slice(0, 2).join(' ')}'` };
  const rest = args.slice(verb.name.split(' ').length);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      allowNegative: true,
      options: { ...commonOptions, ...verb.options },
    });
    return { verb, words: positionals, options: values as Options };
  } catch (error) {
    return { usage: `comptoir ${verb.name}: ${error instanceof Error ? error.message : 'not understood'}` };
  }
}
