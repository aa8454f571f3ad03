import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const Ready = z.object({
  ready: z.literal(true),
  url: z.string(),
  seed: z.object({
    staff: z.array(z.object({ code: z.string(), pin: z.string(), role: z.string(), shop: z.int() })),
    enrolmentCodes: z.array(z.object({ shop: z.int(), label: z.string(), code: z.string() })),
  }),
});
const main = join(import.meta.dirname, '../../backend/main.ts');

/** The real central server with its embedded PostgreSQL, in a process that a test may stop, kill and start again. */
export class CentralProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'comptoir-central-'));
  /** The same at every start. */
  url = '';
  #seed: z.infer<typeof Ready>['seed'] = { staff: [], enrolmentCodes: [] };
  #child: ChildProcess | null = null;

  constructor() {
    // The database's account must reach its folder when root runs the tests.
    chmodSync(this.folder, 0o711);
  }

  /** Starts it with the demonstration's data, and waits until it answers. */
  async start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
    const args = [main, '--data', this.folder, '--seed', 'demo', '--with-parent'];
    const env = { ...process.env, ...environment };
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'], env });
    this.#child = child;
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => {
      log = (log + chunk.toString()).slice(-4_000);
    });
    const line = await Promise.race([
      once(createInterface(child.stdout), 'line').then(([text]) => String(text)),
      once(child, 'exit').then(() => 'null'),
    ]);
    const ready = Ready.safeParse(JSON.parse(line));
    if (!ready.success) throw new Error(`the server did not start: ${line} ${log}`);
    this.url = ready.data.url;
    this.#seed = ready.data.seed;
  }

  /** A code that enrols one till of this shop. */
  takeCode(shop = 1): string {
    const index = this.#seed.enrolmentCodes.findIndex((code) => code.shop === shop);
    const [taken] = index < 0 ? [] : this.#seed.enrolmentCodes.splice(index, 1);
    if (!taken) throw new Error('no enrolment code is left: start the server again');
    return taken.code;
  }

  /** A member of the shop's staff with this role, and their PIN. */
  staffOf(shop: number, role: string): { code: string; pin: string } {
    const member = this.#seed.staff.find((each) => each.shop === shop && each.role === role);
    if (!member) throw new Error(`shop ${shop} has no ${role}`);
    return member;
  }

  /** Signs in as the shop's manager. @returns the bearer token */
  async signIn(shop = 1): Promise<string> {
    const manager = this.staffOf(shop, 'manager');
    const answer = await fetch(`${this.url}/v1/office/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: manager.code, password: manager.pin }),
    });
    return z.object({ token: z.string() }).parse(await answer.json()).token;
  }

  /** `SIGTERM`: in good order. `SIGKILL`: as by a power cut of the process; its database lives on. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /** Ends it for good, database included. */
  async remove(): Promise<void> {
    // A killed server leaves its database running; the next one takes it over and ends it.
    if (this.#child === null && this.url !== '') await this.start();
    await this.end('SIGTERM');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
