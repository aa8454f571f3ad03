import { type ChildProcess, spawn } from 'node:child_process';
import { root } from '../files.ts';

export interface CommandOptions {
  environment: NodeJS.ProcessEnv;
  timeoutMs: number;
  /** Ends the command with an interrupt, as a person's Ctrl-C, once this text has appeared on either output. */
  until?: string;
}

export interface CommandOutcome {
  ok: boolean;
  /** In a few words, why not. */
  why: string;
  /** The end of what it said. */
  output: string;
}

const keptOutputChars = 4_000;
const endPatienceMs = 30_000;

/** A command that is running, with its whole group of processes. */
export interface Running {
  /** Resolves with false when it ended before the text appeared. */
  seen: (text: string, timeoutMs: number) => Promise<boolean>;
  interrupt: () => void;
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  output: () => string;
}

/** Starts a line of shell at the repository's top, in a group of processes of its own. */
export function startCommand(command: string, environment: NodeJS.ProcessEnv): Running {
  const child = spawn('bash', ['-ec', command], {
    cwd: root,
    env: environment,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutputChars);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const seen = (text: string, timeoutMs: number) =>
    new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), timeoutMs);
      const done = (found: boolean) => {
        clearTimeout(timer);
        resolve(found);
      };
      const look = () => output.includes(text) && done(true);
      listeners.add(look);
      look();
      void ended.then(() => done(output.includes(text)));
    });
  return { seen, ended, output: () => output, interrupt: () => signalGroup(child, 'SIGINT') };
}

/** Runs one line of shell to its end, or until a text has appeared. */
export async function runCommand(command: string, options: CommandOptions): Promise<CommandOutcome> {
  const running = startCommand(command, options.environment);
  if (options.until !== undefined) {
    const found = await running.seen(options.until, options.timeoutMs);
    running.interrupt();
    const tidy = await endsWithin(running, endPatienceMs);
    if (!found) return outcome(running, `"${options.until}" never appeared`);
    return outcome(running, tidy ? '' : 'did not end when interrupted');
  }
  if (!(await endsWithin(running, options.timeoutMs)))
    return outcome(running, `still ran after ${options.timeoutMs} ms`);
  const { code, signal } = await running.ended;
  return outcome(running, code === 0 ? '' : `left with ${code ?? signal}`);
}

/** Interrupts are passed on by shells and npm, so that a tidy end may carry any status; only a hang is a fault. */
export async function endsWithin(running: Running, timeoutMs: number): Promise<boolean> {
  const late = Symbol('late');
  const timer = Promise.withResolvers<typeof late>();
  const handle = setTimeout(() => timer.resolve(late), timeoutMs);
  const first = await Promise.race([running.ended, timer.promise]);
  clearTimeout(handle);
  if (first !== late) return true;
  running.interrupt();
  return false;
}

function outcome(running: Running, why: string): CommandOutcome {
  return { ok: why === '', why, output: running.output() };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended in the meantime.
  }
}
