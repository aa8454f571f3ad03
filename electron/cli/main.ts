import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { uuidV7 } from '#contract/ids/index.ts';
import type { Language } from '#contract/money/index.ts';
import { tillError } from '#contract/till/errors.ts';
import { openDoor } from './door-client.ts';
import { helpDocument, helpText } from './help.ts';
import { electronProgram } from './launch/electron-program.ts';
import { type Outcome, outcomeOf, refused, report } from './outcome.ts';
import { parseCommand, wordsOf } from './parse.ts';
import { openSecrets } from './secrets.ts';
import { signInFor } from './sign-in.ts';
import type { AloneCall, Verb } from './verb.ts';

/* The command `comptoir`: reads its words and its environment, goes in by the service's door, and says what came of it. */
const nothingCounts = { fr: 'formation : rien ne compte ici', en: 'training: nothing counts here' };
const [, , ...args] = process.argv;
process.exitCode = await run(args);

async function run(words: string[]): Promise<number> {
  if (words.length === 0 || words[0] === 'help' || words.includes('--help')) return help(words);
  const parsed = parseCommand(words);
  if ('usage' in parsed)
    return report(
      { status: 2, usage: parsed.usage },
      { json: words.includes('--json'), language: languageOf(undefined) },
    );
  const { verb, options } = parsed;
  const call: AloneCall = {
    words: parsed.words,
    options,
    dataDir: typeof options.data === 'string' ? options.data : defaultDataDir(),
    json: options.json === true,
    training: options.training === true,
    language: languageOf(options.lang),
    electron: electronProgram(process.env.ELECTRON_OVERRIDE_DIST_PATH),
    uuid: () => uuidV7(Date.now(), randomBytes(10)),
    progress: (text) => void process.stderr.write(`${text}\n`),
  };
  return report(await outcome(verb, call), call);
}

/** `help`, `--help` anywhere, or no word at all, which is wrong usage. */
function help(words: string[]): number {
  const asked = wordsOf(words).filter((word) => word !== 'help');
  const language = languageOf(words[words.indexOf('--lang') + 1]);
  if (words.includes('--json'))
    process.stdout.write(`${JSON.stringify({ ok: true, value: helpDocument(asked, language) })}\n`);
  else process.stdout.write(`${helpText(asked, language)}\n`);
  return words.length === 0 ? 2 : 0;
}

async function outcome(verb: Verb, call: AloneCall): Promise<Outcome> {
  if ('alone' in verb) return verb.alone(call).catch(outcomeOf);
  const door = await openDoor(call.dataDir);
  if (!door) return { status: 4 };
  const secrets = openSecrets(call.options['pin-stdin'] === true);
  try {
    const till = call.training ? await door.training() : door.till;
    if (call.training) call.progress(nothingCounts[call.language]);
    await signInFor({ ...call, till, verb, secrets });
    return await verb.run({ ...call, till, secrets });
  } catch (thrown) {
    if (!door.isGone()) return outcomeOf(thrown);
    return 'actsAs' in verb ? refused(tillError('ServiceGone')) : { status: 4 };
  } finally {
    secrets.close();
    door.close();
  }
}

function languageOf(asked: string | boolean | undefined): Language {
  if (asked === 'fr' || asked === 'en') return asked;
  return (process.env.LC_ALL ?? process.env.LANG ?? '').startsWith('en') ? 'en' : 'fr';
}

/** The platform's own data folder for the app; `COMPTOIR_DATA` names another. */
function defaultDataDir(): string {
  const { COMPTOIR_DATA, XDG_DATA_HOME, LOCALAPPDATA } = process.env;
  if (COMPTOIR_DATA) return COMPTOIR_DATA;
  if (process.platform === 'win32') return join(LOCALAPPDATA ?? homedir(), 'Comptoir');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Comptoir');
  return join(XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'comptoir');
}
