import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { comptoirOn, dataFolder, eventually, type Ran } from './demo.ts';

const main = join(import.meta.dirname, '../../electron/service/main.ts');

const Lamps = z.object({ devices: z.array(z.object({ part: z.string(), detail: z.string() })) });

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

  /** Until it has seen that no card lies on its reader: one that is laid down before would be taken for the one that went. Stopped, it takes none. */
  async seesNoCard(): Promise<void> {
    if (this.#child === null) return;
    await eventually(
      async () => Lamps.parse(await this.done('status')).devices.find(({ part }) => part === 'reader'),
      (lamp) => lamp?.detail === 'ready',
    );
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
