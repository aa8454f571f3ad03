import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { CardView } from '#contract/till/loyalty.ts';
import { type Door, openDoor, type TillClient } from '#electron/cli/door-client.ts';

const main = join(import.meta.dirname, '../../electron/cli/main.ts');

const Facts = z.record(z.string(), z.unknown());
const Document = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: Facts }),
  z.object({
    ok: z.literal(false),
    error: z.looseObject({ type: z.string(), message: z.string().min(1), remedy: z.string().min(1) }),
  }),
]);

/** What the command came to: exit status, the one JSON document of its standard output, and its standard error. */
export type Ran = { status: number | null; json: z.infer<typeof Document>; stderr: string };

/** Of a command that did not succeed, all that it said: for whoever reads why a test failed. */
export const why = ({ status, json, stderr }: Ran): { why?: unknown } =>
  status === 0 ? {} : { why: { ...(json.ok ? {} : json.error), stderr: stderr.slice(-1_000) } };

export type RanText = { status: number | null; stdout: string; stderr: string };

export type RunOptions = {
  /** Written to standard input, which then stays open, as a terminal's does. */
  stdin?: string;
  env?: NodeJS.ProcessEnv;
  timeoutMs?: number;
  /** Done each time that standard error says so, as a person does what is asked; the command is over only when this is too. */
  when?: { says: RegExp; act: () => Promise<unknown> };
};

/** Runs the command as a person would see it. Bounded: a command that hangs is killed, and has status null. */
export async function comptoirText(words: readonly string[], options: RunOptions = {}): Promise<RanText> {
  const { stdin = '', env = {}, timeoutMs = 60_000 } = options;
  const child = spawn(process.execPath, [main, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'en_US.UTF-8', ...env },
  });
  child.stdin.on('error', () => {});
  child.stdin.write(stdin);
  const late = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const said = { stdout: '', stderr: '' };
  let reaction: Promise<unknown> = Promise.resolve();
  let reactions = 0;
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].on('data', (chunk: Buffer) => {
      said[stream] = (said[stream] + chunk.toString()).slice(-100_000);
      const { when } = options;
      if (!when || stream === 'stdout') return;
      for (const asked = said.stderr.split(when.says).length - 1; reactions < asked; reactions += 1) {
        reaction = reaction.then(() => when.act());
      }
    });
  }
  const [status] = (await once(child, 'close')) as [number | null];
  clearTimeout(late);
  await reaction;
  return { status, ...said };
}

/** The same for scripts, on the installation in `data`. Throws unless standard output is exactly one JSON document of one line. */
export async function comptoirOn(data: string, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const { status, stdout, stderr } = await comptoirText([...words, '--data', data, '--json'], options);
  const lines = stdout.split('\n');
  if (lines.length !== 2 || lines[1] !== '') throw new Error(`not one document: ${stdout} ${stderr}`);
  return { status, json: Document.parse(JSON.parse(lines[0]!)), stderr };
}

const Ready = z.object({
  tillUrl: z.string(),
  officeUrl: z.string(),
  centralUrl: z.string(),
  data: z.string(),
  staff: z.array(z.object({ code: z.string(), pin: z.string(), role: z.string() })),
  samples: z.object({ stamps: z.array(z.string()), enrolmentCode: z.string() }),
});

/** A folder for one installation, which the account of its database can pass through when root runs the tests. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'comptoir-demo-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** A real demonstration on a folder of its own: database, server, service, as `comptoir demo` starts them. */
export class Demo {
  readonly data: string;
  #child: ChildProcess | null = null;
  #progress = '';
  #ready: z.infer<typeof Ready> | null = null;
  #door: Door | null = null;

  constructor(data = dataFolder()) {
    this.data = data;
  }

  /** Starts it and waits, two minutes at most, until it says that it is ready. Throws with what it said when it does not. */
  static async start(data?: string, args: readonly string[] = []): Promise<Demo> {
    const demo = new Demo(data);
    await demo.start(args);
    return demo;
  }

  async start(args: readonly string[] = []): Promise<void> {
    const child = this.launch(args);
    const late = setTimeout(() => child.kill('SIGKILL'), 120_000);
    const line = await Promise.race([
      once(createInterface(child.stdout!), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) => `exit ${code}`),
    ]);
    clearTimeout(late);
    const document = line.startsWith('{') ? Document.parse(JSON.parse(line)) : null;
    if (!document?.ok) throw new Error(`the demonstration did not start: ${line}\n${this.#progress.slice(-4_000)}`);
    this.#ready = Ready.parse(document.value);
  }

  /** Starts it, and does not wait. */
  launch(args: readonly string[] = []): ChildProcess {
    const words = [main, 'demo', '--no-open', '--json', '--lang', 'en', '--data', this.data, ...args];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => {
      this.#progress = (this.#progress + chunk.toString()).slice(-200_000);
    });
    return child;
  }

  /** Its one document. */
  get ready(): z.infer<typeof Ready> {
    if (!this.#ready) throw new Error('not started');
    return this.#ready;
  }

  /** What it has said on standard error so far. */
  get progress(): string {
    return this.#progress;
  }

  pinOf(role: string): string {
    return this.ready.staff.find((member) => member.role === role)?.pin ?? '';
  }

  comptoir(...words: string[]): Promise<Ran> {
    return comptoirOn(this.data, words);
  }

  /** A command that must succeed, and its value. Throws with what it said when it does not. */
  async done(...words: string[]): Promise<Record<string, unknown>> {
    const { json, status } = await this.comptoir(...words);
    if (!json.ok || status !== 0) throw new Error(`${words.join(' ')}: ${status} ${JSON.stringify(json)}`);
    return json.value;
  }

  /** The service's own contract, for what a test only prepares or looks at: a command takes a second to come up. */
  async till(): Promise<TillClient> {
    this.#door ??= await openDoor(this.data);
    if (!this.#door) throw new Error('no service');
    return this.#door.till;
  }

  /** Lays a card of the tray on the reader. */
  async lay(slot: number): Promise<void> {
    await (await this.till()).simulate.card({ action: 'present', slot });
  }

  /** What the card on the reader holds, and what looking at it settled. */
  async card(): Promise<CardView> {
    for await (const event of await (await this.till()).loyalty.showCard({ timeoutMs: 5_000 })) {
      if (event.stage === 'result') return event.card;
    }
    throw new Error('the card was not read');
  }

  /** The journal's newest entries, newest first. */
  async journal(limit: number) {
    return (await (await this.till()).journal.list({ limit })).entries;
  }

  /** Asks it to end as Ctrl C does. @returns its exit status; null when it had to be killed */
  async stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' = 'SIGINT'): Promise<number | null> {
    this.#door?.close();
    this.#door = null;
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 40_000);
    const [status] = await exited;
    clearTimeout(late);
    return status;
  }

  /** Stops it, ends whatever it left behind, and removes its folder. */
  async remove(): Promise<void> {
    await this.stop();
    for (const { pid } of await processesLeftOn(this.data)) kill(pid, 'SIGKILL');
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}

type Process = { pid: number; command: string };

/** The processes that name this folder, or work in it. */
export function processesOn(folder: string): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...looked(name) }))
    .filter(({ pid, command, cwd }) => pid !== process.pid && (command.includes(folder) || cwd.startsWith(folder)))
    .map(({ pid, command }) => ({ pid, command }));
}

function looked(pid: string): { command: string; cwd: string } {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return { command, cwd: readlinkSync(`/proc/${pid}/cwd`) };
  } catch {
    // It has ended while we looked, or it is a kernel thread.
    return { command: '', cwd: '' };
  }
}

/** Those still there after five seconds: what a stopped demonstration may not leave. */
export async function processesLeftOn(folder: string): Promise<Process[]> {
  for (let round = 0; round < 50 && processesOn(folder).length > 0; round += 1) await pause(100);
  return processesOn(folder);
}

/** The one process of the demonstration whose command matches. Throws when there is none, or more than one. */
export function processOf(folder: string, command: RegExp): number {
  const found = processesOn(folder).filter((running) => command.test(running.command));
  if (found.length !== 1) throw new Error(`${found.length} processes: ${JSON.stringify(found)}`);
  return found[0]!.pid;
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

/** Looks again and again, half a minute at most. @returns the first answer that `isSo` takes; throws with the last one otherwise */
export async function eventually<T>(look: () => Promise<T> | T, isSo: (seen: T) => boolean): Promise<T> {
  let seen = await look();
  for (let round = 0; round < 60 && !isSo(seen); round += 1) {
    await pause(500);
    seen = await look();
  }
  if (!isSo(seen)) throw new Error(`waited in vain; last seen: ${JSON.stringify(seen).slice(0, 2_000)}`);
  return seen;
}
