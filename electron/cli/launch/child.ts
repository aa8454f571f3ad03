import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ReadyLine = Record<string, unknown> & { ready: boolean };
export type Child = {
  ready: Promise<ReadyLine>;
  /** Asks it to end and waits; ends it by force after `withinMs`. */
  stop(withinMs: number): Promise<void>;
  exited: Promise<void>;
  readonly pid: number | undefined;
};

/** Starts one of our own programs with this very Node. It lives as long as we do: its standard input is our leash. */
export const startChild = (script: string, args: string[], onProgress: (line: string) => void): Child =>
  startProgram(process.execPath, [script, ...args, '--with-parent'], onProgress);

/** Starts a program. `ready` is its first JSON line on standard output; its standard error goes to `onProgress`, a line at a time. */
export function startProgram(program: string, args: string[], onProgress: (line: string) => void): Child {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  createInterface({ input: child.stderr }).on('line', onProgress);
  return { ready: readyLine(child), exited, pid: child.pid, stop: (withinMs) => stop(child, exited, withinMs) };
}

function readyLine(child: ChildProcess): Promise<ReadyLine> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: child.stdout! });
    lines.on('line', (line) => {
      const parsed = jsonOf(line);
      if (parsed) resolve(parsed);
    });
    child.once('exit', (code) => resolve({ ready: false, exitCode: code }));
  });
}

function jsonOf(line: string): ReadyLine | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return typeof parsed === 'object' && parsed !== null && 'ready' in parsed ? (parsed as ReadyLine) : null;
  } catch {
    return null;
  }
}

async function stop(child: ChildProcess, exited: Promise<void>, withinMs: number): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), withinMs);
  await exited;
  clearTimeout(late);
}
