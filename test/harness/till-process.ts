import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { comptoirOn, dataFolder, type Ran } from './demo.ts';

const main = join(import.meta.dirname, '../../electron/service/main.ts');

/** A resident service as an installed till runs it, in a process and a data folder of its own, driven by the command. */
export class TillProcess {
  readonly data = dataFolder();
  readonly #staff: { code: string; pin: string };
  #child: ChildProcess | null = null;

  /** @param staff who acts in every command */
  constructor(staff: { code: string; pin: string }) {
    this.#staff = staff;
  }

  /** Starts it and waits until it listens. Throws with what it said when it does not. */
  async start(): Promise<void> {
    const child = spawn(process.execPath, [main, '--data', this.data, '--with-parent'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#child = child;
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(([code]) => `exit ${code}`),
    ]);
    if (!line.includes('"ready":true')) throw new Error(`the till did not start: ${line}`);
  }

  comptoir(...words: string[]): Promise<Ran> {
    const as = ['--staff', this.#staff.code, '--pin-stdin'];
    return comptoirOn(this.data, [...words, ...as], { stdin: `${this.#staff.pin}\n` });
  }

  /** A command that must succeed, and its value. Throws with what it said when it does not. */
  async done(...words: string[]): Promise<Record<string, unknown>> {
    const { json, status } = await this.comptoir(...words);
    if (!json.ok || status !== 0) throw new Error(`${words.join(' ')}: ${status} ${JSON.stringify(json)}`);
    return json.value;
  }

  async stop(): Promise<number | null> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const exited = once(child, 'exit') as Promise<[number | null]>;
    child.kill('SIGTERM');
    return (await exited)[0];
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.data, { recursive: true, force: true, maxRetries: 5 });
  }
}
